"""Words outside the regular paradigms, by hand: verbs, comparatives, suppletive nouns, short adjectives, closed classes."""
# irregular verb table: base infinitive -> forms (prefixable)


def table(t):
    return {l.split(": ", 1)[0]: l.split(": ", 1)[1] for l in t.strip().split("\n")}


# adjectives with nominal (short) forms: long form -> masculine short form
SHORTADJ = dict(x.split() for x in '''známý znám|povinný povinen|přítomný přítomen|vědomý vědom|schopný schopen|šťastný šťasten|spokojený spokojen|mocný mocen|laskavý laskav|zdravý zdráv|živý živ|hotový hotov|jistý jist|nemocný nemocen|plný pln|rovný roven|dlužný dlužen|ochotný ochoten|vinný vinen|hodný hoden|oprávněný oprávněn|možný možen|nutný nuten|patrný patrn|zřejmý zřejm|bosý bos|chudý chud|mladý mlád|starý stár|samý sám|účastný účasten|závislý závisl|svobodný svoboden|věrný věren|nešťastný nešťasten|jasný jasn|daný dán|psaný psán|braný brán|hnaný hnán|zvaný zván'''.split('|'))
# verbs outside the regular classes; every listed base also takes the prefixes in PREF
IRR = table("""
jít: jdu jdeš jde jdeme jdete jdou jdi jděte jděme šel šla šlo šli šly půjdu půjdeš půjde půjdeme půjdete půjdou pojď pojďte pojďme jda jdouc
jet: jedu jedeš jede jedeme jedete jedou jeď jeďte jeďme jel jela jelo jeli jely pojedu pojedeš pojede pojedeme pojedete pojedou
být: jsem jsi jsme jste jsou je není jest jsa jsouce jsi seš sme ste bych bys by bychom bysme byste budiž budem buď buďte buďme byl byla bylo byli byly budu budeš bude budeme budete budou byv jsouc seš
mít: mám máš má máme máte mají měj mějte mějme měl měla mělo měli měly maje majíc
chtít: chci chceš chce chceme chcete chtějí chtěj chtějte chtěl chtěla chtělo chtěli chtěly
vědět: vím víš ví víme víte vědí věz vězte věděl věděla vědělo věděli věděly věda
jíst: jím jíš jí jíme jíte jedí jez jezte jedl jedla jedlo jedli jedly
sníst: sním sníš sní sníme sníte snědí sněz snězte snědl snědla snědlo snědli snědly
stát: stojím stojíš stojí stojíme stojíte stůj stůjte stál stála stálo stáli stály stanu staneš stane staneme stanete stanou stal stala stalo stali staly staň staňte
vzít: vezmu vezmeš vezme vezmeme vezmete vezmou vezmi vezměte vezměme vzal vzala vzalo vzali vzaly
dát: dám dáš dá dáme dáte dají dej dejte dejme dal dala dalo dali daly
říct: řeknu řekneš řekne řekneme řeknete řeknou řekni řekněte řekněme řekl řekla řeklo řekli řekly
říci: řeknu řekneš řekne řekneme řeknete řeknou řekni řekněte řekněme řekl řekla řeklo řekli řekly říct
moci: mohu můžeš může můžeme můžete mohou můžu můžou mohl mohla mohlo mohli mohly moh
číst: čtu čteš čte čteme čtete čtou čti čtěte četl četla četlo četli četly
růst: rostu rosteš roste rosteme rostete rostou rostl rostla rostlo rostli rostly rosť
vést: vedu vedeš vede vedeme vedete vedou veď veďte veďme vedl vedla vedlo vedli vedly
nést: nesu neseš nese neseme nesete nesou nes neste nesme nesl nesla neslo nesli nesly
vézt: vezu vezeš veze vezeme vezete vezou vez vezte vezl vezla vezlo vezli vezly
lézt: lezu lezeš leze lezeme lezete lezou lez lezte lezl lezla lezlo lezli lezly
krást: kradu kradeš krade krademe kradete kradou kraď kraďte kradl kradla kradlo kradli kradly
klást: kladu kladeš klade klademe kladete kladou klaď klaďte kladl kladla kladlo kladli kladly
mést: metu meteš mete metou metl metla metlo metli metly
kvést: kvetu kvete kvetou kvetl kvetla kvetlo kvetli kvetly
plést: pletu pleteš plete pleteme pletete pletou pletl pletla pletlo pletli pletly pleť pleťte
příst: předu přede předl předla
třást: třesu třeseš třese třeseme třesete třesou třásl třásla třáslo třásli třásly
pást: pasu paseš pase pasou pásl pásla pásli pásly
začít: začnu začneš začne začneme začnete začnou začni začněte začněme začal začala začalo začali začaly
počít: počnu počneš počne počneme počnete počnou počni počněte počal počala počalo počali počaly
jmout: jmu jmeš jme jmeme jmete jmou jmi jměte jměme jal jala jalo jali jaly
přijmout: přijmu přijmeš přijme přijmeme přijmete přijmou přijmi přijměte přijměme přijal přijala přijalo přijali přijaly
najmout: najmu najme najmou najal najala najali
brat: beru bereš bere bereme berete berou ber berte berme bral brala bralo brali braly
dat: dám dáš dá dáme dáte dají dej dejte dejme dal dala dalo dali daly
hnat: ženu ženeš žene ženeme ženete ženou hnal hnala hnalo hnali hnaly
zvat: zvu zveš zve zveme zvete zvou zvi zvěte zval zvala zvalo zvali zvaly
spat: spím spíš spí spíme spíte spi spěte spal spala spalo spali spaly
prat: peru pereš pere pereme perete perou per perte pral prala pralo prali praly
drat: deru dere derou dral drala drali
žrat: žeru žereš žere žerou žral žrala žrali
lhat: lžu lžeš lže lžou lhal lhala lhali
stat: stanu staneš stane staneme stanete stanou stal stala stalo stali staly staň staňte staňme
plakat: pláču pláčeš pláče pláčeme pláčete pláčou pláčí plač plačte plakal plakala plakalo plakali plakaly
kázat: kážu káže kážou
odpovědět: odpovím odpovíš odpoví odpovíme odpovíte odpovědí odpověz odpovězte odpověděl odpověděla odpovědělo odpověděli odpověděly
zapomenout: zapomněl zapomněla zapomnělo zapomněli zapomněly
skákat: skáču skáče skáčou
pomoci: pomohu pomůžu pomůžeš pomůže pomůžeme pomůžete pomohou pomůžou pomoz pomozte pomozme pomohl pomohla pomohlo pomohli pomohly pomoct
smět: smím smíš smí smíme smíte smějí směj směl směla smělo směli směly
snít: sním sníš sní sníme sníte snil snila snilo snili snily
cpát: cpu cpeš cpe cpeme cpete cpou cpal cpala cpali
spět: spěje spějí spěl
brát: beru bereš bere bereme berete berou ber berte berme bral brala bralo brali braly
prát: peru pereš pere pereme perete perou per perte pral prala pralo prali praly
drát: deru dere derou dral drala drali
žrát: žeru žereš žere žerou žral žrala žrali
zvát: zvu zveš zve zveme zvete zvou zvi zvěte zval zvala zvalo zvali zvaly
hnát: ženu ženeš žene ženeme ženete ženou hnal hnala hnalo hnali hnaly
spát: spím spíš spí spíme spíte spi spěte spal spala spalo spali spaly
bát: bojím bojíš bojí bojíme bojíte boj bojte bál bála bálo báli bály
psát: píšu píši píšeš píše píšeme píšete píšou píší piš pište pišme psal psala psalo psali psaly
psat: píšu píši píšeš píše píšeme píšete píšou píší piš pište pišme psal psala psalo psali psaly
slat: šlu šleš šle šleme šlete šlou šli
poslat: pošlu pošleš pošle pošleme pošlete pošlou pošli pošlete pošleme
stlát: stelu stele stelou stlal stlala
lhát: lžu lžeš lže lžeme lžete lžou lži lhal lhala lhalo lhali lhaly
tát: tál tála tálo táli tály taje tají
smát: směju směji směješ směje smějeme smějete smějí smějou smál smála smálo smáli smály směj smějte
přát: přeju přeji přeješ přeje přejeme přejete přejí přejou přál přála přálo přáli přály přej přejte
hrát: hraju hraji hraješ hraje hrajeme hrajete hrají hrajou hrál hrála hrálo hráli hrály hraj hrajte
vát: věje vál vála válo váli vály
kát: kaje kál kála
péct: peču pečeš peče pečeme pečete pečou pekl pekla peklo pekli pekly peč pečte
téct: teču teče tečou tekl tekla teklo tekli tekly
vléct: vleču vleče vlečou vlekl vlekla vlekli vlekly
síct: seču seče sekl
tlouct: tluču tlučeš tluče tlučeme tlučete tlučou tloukl tloukla tloukli tluč
utéct: uteču utečeš uteče utečeme utečete utečou utekl utekla uteklo utekli utekly uteč utečte
umřít: umřu umřeš umře umřeme umřete umřou umřel umřela umřelo umřeli umřely
zemřít: zemřu zemřeš zemře zemřeme zemřete zemřou zemřel zemřela zemřelo zemřeli zemřely
otevřít: otevřu otevřeš otevře otevřeme otevřete otevřou otevřel otevřela otevřelo otevřeli otevřely otevři
zavřít: zavřu zavřeš zavře zavřeme zavřete zavřou zavřel zavřela zavřelo zavřeli zavřely zavři
uzavřít: uzavřu uzavřeš uzavře uzavřeme uzavřete uzavřou uzavřel uzavřela uzavřelo uzavřeli uzavřely
třít: tře třu třou třel třela třeli
dřít: dře dřu dřou dřel dřela dřeli
opřít: opře opřu opřou opřel opřela opřeli
mlít: melu mele melou mlel mlela
plít: pleju pleje plel
chvět: chvěju chvěje chvějí
lít: liju leju leje lejou lejí lil lila lilo lili lily lij
pít: piju piji piješ pije pijeme pijete pijí pijou pil pila pilo pili pily pij pijte
žít: žiju žiji žiješ žije žijeme žijete žijí žijou žil žila žilo žili žily žij
dít: děje dějí děl dělo
přispět: přispěju přispěji přispěješ přispěje přispějeme přispějete přispějí
chápat: chápu chápeš chápe chápeme chápete chápou chápej
přestat: přestanu přestaneš přestane přestaneme přestanete přestanou přestaň přestaňte
dostat: dostanu dostaneš dostane dostaneme dostanete dostanou dostaň dostaňte
nastat: nastane nastanou
vstát: vstanu vstaneš vstane vstanou vstal vstala vstali
zůstat: zůstanu zůstaneš zůstane zůstaneme zůstanete zůstanou zůstaň zůstaňte
vstat: vstanu vstane vstanou
povstat: povstane povstanou
ustat: ustane ustanou
sestat: sestane
klít: kleju kleje klel
tnout: tne tnou tnul ťal
vlát: vlaje vlají vlál vlála
kout: kuje kují koval
plout: pluju pluje plují plul plula plulo pluli pluly
slout: sluje
hřát: hřeje hřejí hřál hřála
sít: seje sejí sel
vázat: vážu váže vážeme vážou váží
dokázat: dokážu dokážeš dokáže dokážeme dokážete dokážou dokáží
bít: biju bije bijí bil bila bilo bili bily
šít: šiju šije šijí šil šila
hnít: hnije hnijí hnil
vít: vije vijí vil
vidět: vidím viz
muset: musím musíš musí musíme musíte musejí musel musela muselo museli musely
umět: umím umíš umí umíme umíte umějí uměl uměla umělo uměli uměly uměj
smět: smím smíš smí smíme smíte smějí směl směla smělo směli směly
dospět: dospěje dospějí dospěl
uspět: uspěju uspěje uspějeme uspějí
nalézt: naleznu nalezneš nalezne nalezneme naleznete naleznou nalezl nalezla nalezlo nalezli nalezly nalezni naleznete
vynalézt: vynalezne vynalezl
najít: najdu najdeš najde najdeme najdete najdou našel našla našlo našli našly najdi najděte
přijít: přijdu přijdeš přijde přijdeme přijdete přijdou přišel přišla přišlo přišli přišly přijď přijďte
""")
# two spellings of one word, the older under the newer
SPELLINGS = dict(x.split() for x in '''kurs kurz|kursový kurzový|konkurs konkurz|konkursní konkurzní|diskuse diskuze|diskusní diskuzní|filosofie filozofie|filosofický filozofický|filosof filozof|universita univerzita|universitní univerzitní|president prezident|presidentský prezidentský|organisace organizace|organisační organizační|museum muzeum|musejní muzejní|gymnasium gymnázium|resort rezort|presentace prezentace|presentovat prezentovat|impulz impuls|these teze|isolace izolace|visum vízum|isotop izotop|fysika fyzika|fysický fyzický|kriterium kritérium|sezona sezóna|balon balón|telefón telefon|citron citrón|milion milión|bilion bilión|stadion stadión|archív archiv|myslit myslet|naleznout nalézt|vynaleznout vynalézt'''.split('|'))
ALIAS = SPELLINGS | {'říct': 'říci', 'pomoct': 'pomoci', 'moct': 'moci', 'péci': 'péct', 'téci': 'téct', 'utéci': 'utéct', 'bejt': 'být'}
# irregular comparatives
COMP = table('''
dobrý: lepší
špatný: horší
zlý: horší
velký: větší
veliký: větší
malý: menší
vysoký: vyšší
nízký: nižší
dlouhý: delší
krátký: kratší
blízký: bližší
starý: starší
mladý: mladší
drahý: dražší
hluboký: hlubší
široký: širší
úzký: užší
tichý: tišší
hezký: hezčí
lehký: lehčí
měkký: měkčí
tenký: tenčí
těžký: těžší
snadný: snazší
tvrdý: tvrdší
hustý: hustší
čistý: čistší
prostý: prostší
suchý: sušší
bohatý: bohatší
slabý: slabší
hrubý: hrubší
vlhký: vlhčí
sladký: sladší
řídký: řidší
chudý: chudší
tmavý: tmavší
tlustý: tlustší
jemný: jemnější
křehký: křehčí
hladký: hladší
vzácný: vzácnější
pozdní: pozdější
jednoduchý: jednodušší
prudký: prudší
mělký: mělčí
hebký: hebčí
plochý: plošší
tuhý: tužší
krotký: krotší
hořký: hořčí
nový: novější
drobný: drobnější
silný: silnější
''')
COMPF = {v: k for k, v in COMP.items()}
# nouns with irregular or suppletive forms
SUPL = table('''
člověk: člověk člověka člověku člověče člověkem člověkovi lidé lidi lidí lidem lidech lidmi lidma
rád: rád ráda rádo rádi rády
rok: rok roku roce rokem roky roků rokům rocích let letech letům lety
čest: čest cti ctí
pes: pes psa psovi psu pse psem psi psové psů psům psy psech
práce: práce práci prací pracím pracích pracemi
míra: míra míry míře míru mírou měrou měr mírám mírách mírami
den: den dne dni dnu dnem dny dní dnů dnům dnech dnům
bůh: bůh boha bohu bohovi bože bohem bohové bozi bohů bohům bohy bozích
přítel: přítel přítele příteli přítelem přátelé přátel přátelům přátele přátelích přáteli
dítě: dítě dítěte dítěti dítětem děti dětí dětem dětech dětmi dětma
oko: oko oka oku okem oči očí očím očích očima
ucho: ucho ucha uchu uchem uši uší uším uších ušima
ruka: ruka ruky ruce ruku rukou rukám rukách rukama
noha: noha nohy noze nohu nohou nohám nohách nohama
kámen: kámen kamene kameni kamenu kamenem kameny kamenů kamenům kamenech
peníze: peníze peněz penězům penězích penězi
kůň: kůň koně koni koněm koní koňů koňům koních koni koňmi
sníh: sníh sněhu sněhem sněhy sněhů
vítr: vítr větru větrem větry větrů větrům větrech
chléb: chléb chleba chlebu chlebem chleby
déšť: déšť deště dešti deštěm dešťů deštích
mráz: mráz mrazu mrazem mrazy mrazů
dům: dům domu domě domem domy domů domům domech
stůl: stůl stolu stole stolem stoly stolů stolům stolech
vůz: vůz vozu voze vozem vozy vozů vozům vozech
země: země zem zemi zemí zemím zemích zeměmi
paní: paní paním paních paními
pán: pán pána pánovi pánu páne pánem páni pánové pánů pánům pány pánech
krev: krev krve krvi krví
matka: matka matky matce matku matko matkou matek matkám matkách matkami
dcera: dcera dcery dceři dceru dcero dcerou dcer dcerám dcerách dcerami
bratr: bratr bratra bratrovi bratru bratře bratrem bratři bratří bratrů bratrům bratry bratrech
kněz: kněz kněze knězi knězem kněží kněžím kněžími
týden: týden týdne týdnu týdnem týdny týdnů týdnům týdnech
loket: loket lokte lokti loktem lokty loktů
kořen: kořen kořene kořeni kořenu kořenem kořeny kořenů kořenech
vejce: vejce vejci vejcem vajec vejcím vejcích
místo: místo místa místu místě místem míst místům místech místy
léto: léto léta létu létě létem
sto: sto sta stu stem set stům stech sty
tisíc: tisíc tisíce tisíci tisícem tisíců tisícům tisících
''')
