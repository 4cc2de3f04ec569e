#!/usr/bin/env python3
"""make_countries.py CLDR OUT: countries and their Czech forms.

CLDR is cldr-localenames-full-48.2.0.tgz as `npm pack` fetches it; its SHA-256 is checked. Czech and
English names are CLDR's (Unicode License v3); declension classes, adjectives, demonyms, other names
and parts that imply a country are the work of this project, below. Countries without a row of
their own are declined by the ending of their name. Standard library only; same inputs, same bytes.
"""
import hashlib, io, json, re, sys, tarfile

SUM = "7f2ac7fd3b5d90f56ad127f9ed5ae67b58b3e556818f55530b9f47bb81bcde57"

def decl(n, c):
    """nom, gen, dat, acc, loc, ins by declension class."""
    b = n[:-1]
    if c == 'o':   return [n, b+'a', b+'u', n, b+'u', b+'em']              # Polsko, Kosovo
    if c == 'ie':  return [n, n, b+'i', b+'i', b+'i', b+'í']               # Itálie
    if c == 'a':   return [n, b+'y', b+'ě', b+'u', b+'ě', b+'ou']          # Ukrajina
    if c == 'ra':  return [n, b+'y', b[:-1]+'ře', b+'u', b[:-1]+'ře', b+'ou']
    if c == 'ka':  return [n, b+'y', b[:-1]+'ce', b+'u', b[:-1]+'ce', b+'ou']
    if c == 'la':  return [n, b+'y', b+'e', b+'u', b+'e', b+'ou']
    if c == 'ga':  return [n, b+'y', b[:-1]+'ze', b+'u', b[:-1]+'ze', b+'ou']
    if c == 'ja':  return [n, b+'e', b+'i', b+'u', b+'i', b+'ou']          # Keňa-like soft handled by override
    if c == 'u':   return [n, n+'u', n+'u', n, n+'u', n+'em']              # Kypr
    if c == 'e':   return [n, n+'e', n+'i', n, n+'i', n+'em']              # Izrael
    if c == 'í':   return [n, n, n, n, n, n+'m']                           # Podněstří
    if c == 'y':   return [n, b, b+'ám', n, b+'ách', b+'ami']              # Bahamy, Filipíny
    if c == '0':   return [n]*6                                            # Peru
    raise ValueError(c)

# iso2 | kind | class or explicit forms (;) | nominative | prep | adjective | demonym sg | demonym pl | variants (nominative or oblique, ;)
# kind: country, alt (other name of the same country), part (sub-state territory that implies the country), hist (former state or name)
T = '''
AL|country|ie|Albánie|v|albánský|Albánec|Albánci|
AD|country|ra|Andorra|v|andorrský|Andořan|Andořané|
AM|country|ie|Arménie|v|arménský|Armén|Arméni|
AZ|country|u|Ázerbájdžán|v|ázerbájdžánský|Ázerbájdžánec|Ázerbájdžánci|Azerbajdžán;azerbajdžánský
BE|country|ie|Belgie|v|belgický|Belgičan|Belgičané|
BE|part|o|Valonsko|ve|valonský|Valon|Valoni|
BE|part|y:Flandry;Flander;Flandrům;Flandry;Flandrech;Flandrami|Flandry|ve|vlámský|Vlám|Vlámové|
BY|country|o|Bělorusko|v|běloruský|Bělorus|Bělorusové|Běloruská republika
BA|country|x:Bosna a Hercegovina;Bosny a Hercegoviny;Bosně a Hercegovině;Bosnu a Hercegovinu;Bosně a Hercegovině;Bosnou a Hercegovinou|Bosna a Hercegovina|v|bosenský|Bosňan|Bosňané|Bosna;Bosny;Bosně;Bosnu;BaH;BiH;Hercegovina;bosensko-hercegovský;bosenskohercegovský;bosňácký
BA|part|x:Republika srbská;Republiky srbské;Republice srbské;Republiku srbskou;Republice srbské;Republikou srbskou|Republika srbská|v|||| Republika Srpska
BA|part|x:Federace Bosny a Hercegoviny;Federace Bosny a Hercegoviny;Federaci Bosny a Hercegoviny;Federaci Bosny a Hercegoviny;Federaci Bosny a Hercegoviny;Federací Bosny a Hercegoviny|Federace Bosny a Hercegoviny|ve||||
BG|country|o|Bulharsko|v|bulharský|Bulhar|Bulhaři|Bulharská republika
HR|country|o|Chorvatsko|v|chorvatský|Chorvat|Chorvati|Chorvatská republika
HR|part|ie|Dalmácie|v|dalmatský|Dalmatinec|Dalmatinci|
ME|country|x:Černá Hora;Černé Hory;Černé Hoře;Černou Horu;Černé Hoře;Černou Horou|Černá Hora|v|černohorský|Černohorec|Černohorci|
CZ|country|o|Česko|v|český|Čech|Češi|Česká republika;České republiky;České republice;Českou republiku;Českou republikou;ČR
DK|country|o|Dánsko|v|dánský|Dán|Dánové|Dánské království
EE|country|o|Estonsko|v|estonský|Estonec|Estonci|Estonská republika
FO|country|x:Faerské ostrovy;Faerských ostrovů;Faerským ostrovům;Faerské ostrovy;Faerských ostrovech;Faerskými ostrovy|Faerské ostrovy|na|faerský|Faeřan|Faeřané|
FI|country|o|Finsko|ve|finský|Fin|Finové|
FR|country|ie|Francie|ve|francouzský|Francouz|Francouzi|Francouzská republika;Francouzské republiky
GI|country|u|Gibraltar|v|gibraltarský|Gibraltařan|Gibraltařané|
GE|country|ie|Gruzie|v|gruzínský|Gruzín|Gruzíni|gruzijský
GE|part|ie|Abcházie|v|abchazský|Abchaz|Abchazové|
IE|country|o|Irsko|v|irský|Ir|Irové|Irská republika
IS|country|u|Island|na|islandský|Islanďan|Islanďané|
IT|country|ie|Itálie|v|italský|Ital|Italové|Italská republika
IT|part|ie|Sicílie|na|sicilský|Sicilan|Sicilané|
IT|part|ie|Sardinie|na|sardinský|Sarďan|Sarďané|
IT|part|o|Toskánsko|v|toskánský|Toskánec|Toskánci|
KZ|country|u|Kazachstán|v|kazašský|Kazach|Kazaši|kazachstánský
XK|country|o|Kosovo|v|kosovský|Kosovan|Kosované|Kosově;Kosovská republika
CY|country|u|Kypr|na|kyperský|Kypřan|Kypřané|Kypře;Kyperská republika
LI|country|o|Lichtenštejnsko|v|lichtenštejnský|Lichtenštejnec|Lichtenštejnci|
LT|country|x:Litva;Litvy;Litvě;Litvu;Litvě;Litvou|Litva|v|litevský|Litevec|Litevci|
LV|country|o|Lotyšsko|v|lotyšský|Lotyš|Lotyši|Lotyšská republika
LU|country|o|Lucembursko|v|lucemburský|Lucemburčan|Lucemburčané|
HU|country|o|Maďarsko|v|maďarský|Maďar|Maďaři|Maďarská republika
MK|country|x:Severní Makedonie;Severní Makedonie;Severní Makedonii;Severní Makedonii;Severní Makedonii;Severní Makedonií|Severní Makedonie|v|severomakedonský|Makedonec|Makedonci|
MK|hist|ie|Makedonie|v|makedonský|Makedonec|Makedonci|FYROM;Republika Makedonie;Bývalá jugoslávská republika Makedonie
MT|country|x:Malta;Malty;Maltě;Maltu;Maltě;Maltou|Malta|na|maltský|Malťan|Malťané|
MD|country|o|Moldavsko|v|moldavský|Moldavan|Moldavané|Moldavská republika;Moldova;Moldova republika
MD|part|í|Podněstří|v|podněsterský|||Transnistrie;Podněsterská republika
MD|part|o|Gagauzsko|v|gagauzský|Gagauz|Gagauzové|
MC|country|o|Monako|v|monacký|Monačan|Monačané|
DE|country|o|Německo|v|německý|Němec|Němci|SRN;Spolková republika Německo;Spolkové republiky Německo;Spolkové republice Německo
DE|part|o|Bavorsko|v|bavorský|Bavor|Bavoři|
DE|part|o|Sasko|v|saský|Sas|Sasové|
DE|part|o|Durynsko|v|durynský|Duryňan|Duryňané|
DE|part|o|Braniborsko|v|braniborský|Braniborec|Braniborci|
DE|part|o|Hesensko|v|hesenský|Hesan|Hesané|
DE|hist|x:NDR;NDR;NDR;NDR;NDR;NDR|NDR|v|východoněmecký|||
NL|country|o|Nizozemsko|v|nizozemský|Nizozemec|Nizozemci|Nizozemí;Nizozemské království
NL|alt|o|Holandsko|v|holandský|Holanďan|Holanďané|
NO|country|o|Norsko|v|norský|Nor|Norové|Norské království
PL|country|o|Polsko|v|polský|Polák|Poláci|Polská republika;Polské republiky
PL|part|x:Podkarpatské vojvodství;Podkarpatského vojvodství;Podkarpatskému vojvodství;Podkarpatské vojvodství;Podkarpatském vojvodství;Podkarpatským vojvodstvím|Podkarpatské vojvodství|v||||
PL|part|x:Slezské vojvodství;Slezského vojvodství;Slezskému vojvodství;Slezské vojvodství;Slezském vojvodství;Slezským vojvodstvím|Slezské vojvodství|ve||||
PT|country|o|Portugalsko|v|portugalský|Portugalec|Portugalci|
AT|country|o|Rakousko|v|rakouský|Rakušan|Rakušané|Rakouská republika
AT|part|x:Dolní Rakousy;Dolních Rakous;Dolním Rakousům;Dolní Rakousy;Dolních Rakousích;Dolními Rakousy|Dolní Rakousy|v|dolnorakouský|||Dolní Rakousko
AT|part|x:Horní Rakousy;Horních Rakous;Horním Rakousům;Horní Rakousy;Horních Rakousích;Horními Rakousy|Horní Rakousy|v|hornorakouský|||Horní Rakousko
AT|part|o|Štýrsko|ve|štýrský|||
RO|country|o|Rumunsko|v|rumunský|Rumun|Rumuni|
RO|part|x:Banát;Banátu;Banátu;Banát;Banátu;Banátem|Banát|v|banátský|||
RO|part|o|Sedmihradsko|v|sedmihradský|||Transylvánie;Transylvánii
RU|country|o|Rusko|v|ruský|Rus|Rusové|Ruská federace;Ruské federace;Ruské federaci;Ruskou federaci;RF
GR|country|o|Řecko|v|řecký|Řek|Řekové|Helénská republika
GR|part|x:Kréta;Kréty;Krétě;Krétu;Krétě;Krétou|Kréta|na|krétský|Kréťan|Kréťané|
SM|country|x:San Marino;San Marina;San Marinu;San Marino;San Marinu;San Marinem|San Marino|v|sanmarinský|||
SK|country|o|Slovensko|na|slovenský|Slovák|Slováci|Slovenská republika;Slovenské republiky;Slovenské republice;SR
SI|country|o|Slovinsko|ve|slovinský|Slovinec|Slovinci|Slovinská republika
GB|country|x:Spojené království;Spojeného království;Spojenému království;Spojené království;Spojeném království;Spojeným královstvím|Spojené království|ve|britský|Brit|Britové|Spojené království Velké Británie a Severního Irska;UK
GB|alt|x:Velká Británie;Velké Británie;Velké Británii;Velkou Británii;Velké Británii;Velkou Británií|Velká Británie|ve|||| Británie;Británii
GB|part|ie|Anglie|v|anglický|Angličan|Angličané|
GB|part|o|Skotsko|ve|skotský|Skot|Skotové|
GB|part|u|Wales|ve|velšský|Velšan|Velšané|velský
GB|part|x:Severní Irsko;Severního Irska;Severnímu Irsku;Severní Irsko;Severním Irsku;Severním Irskem|Severní Irsko|v|severoirský|||
RS|country|o|Srbsko|v|srbský|Srb|Srbové|Srbská republika;Republika Srbsko;Republiky Srbsko
RS|part|x:Vojvodina;Vojvodiny;Vojvodině;Vojvodinu;Vojvodině;Vojvodinou|Vojvodina|ve|vojvodinský|||
ES|country|o|Španělsko|ve|španělský|Španěl|Španělé|
ES|part|o|Katalánsko|v|katalánský|Katalánec|Katalánci|
ES|part|o|Baskicko|v|baskický|Bask|Baskové|
SE|country|o|Švédsko|ve|švédský|Švéd|Švédové|Švédské království
CH|country|o|Švýcarsko|ve|švýcarský|Švýcar|Švýcaři|
TR|country|o|Turecko|v|turecký|Turek|Turci|Turecká republika
UA|country|a|Ukrajina|na|ukrajinský|Ukrajinec|Ukrajinci|
UA|part|x:Podkarpatská Rus;Podkarpatské Rusi;Podkarpatské Rusi;Podkarpatskou Rus;Podkarpatské Rusi;Podkarpatskou Rusí|Podkarpatská Rus|na|podkarpatský|||Zakarpatí;Zakarpatsko;zakarpatský
UA|part|u|Krym|na|krymský|||
VA|country|u|Vatikán|ve|vatikánský|||Vatikáně;Svatý stolec
AX|country|y:Ålandy;Åland;Ålandům;Ålandy;Ålandech;Ålandami|Ålandy|na|ålandský|||
GG|country|0|Guernsey|na|guernseyský|||
JE|country|0|Jersey|na|jerseyský|||
IM|country|x:Ostrov Man;Ostrova Man;Ostrovu Man;Ostrov Man;Ostrově Man;Ostrovem Man|Ostrov Man|na|manský|||
DZ|country|o|Alžírsko|v|alžírský|Alžířan|Alžířané|
BH|country|u|Bahrajn|v|bahrajnský|Bahrajňan|Bahrajňané|
EG|country|x:Egypt;Egypta;Egyptu;Egypt;Egyptě;Egyptem|Egypt|v|egyptský|Egypťan|Egypťané|
IQ|country|u|Irák|v|irácký|Iráčan|Iráčané|
IQ|part|u|Kurdistán|v|kurdský|Kurd|Kurdové|kurdistánský
IR|country|u|Írán|v|íránský|Íránec|Íránci|
IL|country|e|Izrael|v|izraelský|Izraelec|Izraelci|Stát Izrael
YE|country|u|Jemen|v|jemenský|Jemenec|Jemenci|
JO|country|o|Jordánsko|v|jordánský|Jordánec|Jordánci|
QA|country|u|Katar|v|katarský|Katařan|Katařané|
KW|country|u|Kuvajt|v|kuvajtský|Kuvajťan|Kuvajťané|
LB|country|u|Libanon|v|libanonský|Libanonec|Libanonci|
LY|country|ie|Libye|v|libyjský|Libyjec|Libyjci|
MA|country|o|Maroko|v|marocký|Maročan|Maročané|
OM|country|u|Omán|v|ománský|Ománec|Ománci|
PS|country|x:Palestinská území;Palestinských území;Palestinským územím;Palestinská území;Palestinských územích;Palestinskými územími|Palestinská území|na|palestinský|Palestinec|Palestinci|
PS|alt|a|Palestina|v|palestinský|Palestinec|Palestinci|Stát Palestina;Palestinská autonomie;Palestinské autonomii;Palestinská samospráva;Západní břeh Jordánu;Pásmo Gazy
SA|country|x:Saúdská Arábie;Saúdské Arábie;Saúdské Arábii;Saúdskou Arábii;Saúdské Arábii;Saúdskou Arábií|Saúdská Arábie|v|saúdskoarabský|Saúd|Saúdové|saúdský
AE|country|x:Spojené arabské emiráty;Spojených arabských emirátů;Spojeným arabským emirátům;Spojené arabské emiráty;Spojených arabských emirátech;Spojenými arabskými emiráty|Spojené arabské emiráty|ve|emirátský|||SAE
SY|country|ie|Sýrie|v|syrský|Syřan|Syřané|
TN|country|o|Tunisko|v|tuniský|Tunisan|Tunisané|
AF|country|u|Afghánistán|v|afghánský|Afghánec|Afghánci|
UZ|country|u|Uzbekistán|v|uzbecký|Uzbek|Uzbekové|uzbekistánský
KG|country|u|Kyrgyzstán|v|kyrgyzský|Kyrgyz|Kyrgyzové|
TJ|country|u|Tádžikistán|v|tádžický|Tádžik|Tádžikové|
TM|country|u|Turkmenistán|v|turkmenský|Turkmen|Turkmeni|
MN|country|o|Mongolsko|v|mongolský|Mongol|Mongolové|
US|country|x:Spojené státy;Spojených států;Spojeným státům;Spojené státy;Spojených státech;Spojenými státy|Spojené státy|ve|americký|Američan|Američané|USA;Spojené státy americké;Spojených států amerických;Spojených státech amerických
CA|country|a|Kanada|v|kanadský|Kanaďan|Kanaďané|
MX|country|o|Mexiko|v|mexický|Mexičan|Mexičané|
CU|country|a|Kuba|na|kubánský|Kubánec|Kubánci|
BR|country|ie|Brazílie|v|brazilský|Brazilec|Brazilci|
AR|country|a|Argentina|v|argentinský|Argentinec|Argentinci|
CL|country|0|Chile|v|chilský|Chilan|Chilané|
PE|country|0|Peru|v|peruánský|Peruánec|Peruánci|
CN|country|x:Čína;Číny;Číně;Čínu;Číně;Čínou|Čína|v|čínský|Číňan|Číňané|ČLR;Čínská lidová republika;Čínské lidové republiky;Čínské lidové republice
TW|country|x:Tchaj-wan;Tchaj-wanu;Tchaj-wanu;Tchaj-wan;Tchaj-wanu;Tchaj-wanem|Tchaj-wan|na|tchajwanský|Tchajwanec|Tchajwanci|Taiwan;Tajwan;Tchajwan;Tchaj-wanu
JP|country|o|Japonsko|v|japonský|Japonec|Japonci|
KR|country|x:Jižní Korea;Jižní Koreje;Jižní Koreji;Jižní Koreu;Jižní Koreji;Jižní Koreou|Jižní Korea|v|jihokorejský|Jihokorejec|Jihokorejci|korejský;Korejská republika;Korejské republiky
VN|country|u|Vietnam|ve|vietnamský|Vietnamec|Vietnamci|
IN|country|ie|Indie|v|indický|Ind|Indové|
NP|country|u|Nepál|v|nepálský|Nepálec|Nepálci|
TH|country|o|Thajsko|v|thajský|Thajec|Thajci|
AU|country|ie|Austrálie|v|australský|Australan|Australané|
NZ|country|x:Nový Zéland;Nového Zélandu;Novému Zélandu;Nový Zéland;Novém Zélandu;Novým Zélandem|Nový Zéland|na|novozélandský|Novozélanďan|Novozélanďané|
ZA|country|x:Jihoafrická republika;Jihoafrické republiky;Jihoafrické republice;Jihoafrickou republiku;Jihoafrické republice;Jihoafrickou republikou|Jihoafrická republika|v|jihoafrický|Jihoafričan|Jihoafričané|JAR
ET|country|ie|Etiopie|v|etiopský|Etiopan|Etiopané|
KE|country|x:Keňa;Keni;Keni;Keňu;Keni;Keňou|Keňa|v|keňský|Keňan|Keňané|
ZM|country|ie|Zambie|v|zambijský|Zambijec|Zambijci|
SN|country|u|Senegal|v|senegalský|Senegalec|Senegalci|
CS|hist|o|Československo|v|československý|Čechoslovák|Čechoslováci|ČSR;ČSSR;ČSFR
YU|hist|ie|Jugoslávie|v|jugoslávský|Jugoslávec|Jugoslávci|SFRJ
CS|hist|x:Srbsko a Černá Hora;Srbska a Černé Hory;Srbsku a Černé Hoře;Srbsko a Černou Horu;Srbsku a Černé Hoře;Srbskem a Černou Horou|Srbsko a Černá Hora|v|srbsko-černohorský|||
SU|hist|x:SSSR;SSSR;SSSR;SSSR;SSSR;SSSR|SSSR|v||||
AH|hist|x:Rakousko-Uhersko;Rakouska-Uherska;Rakousku-Uhersku;Rakousko-Uhersko;Rakousku-Uhersku;Rakouskem-Uherskem|Rakousko-Uhersko|v|rakousko-uherský|||
SU|hist|x:Sovětský svaz;Sovětského svazu;Sovětskému svazu;Sovětský svaz;Sovětském svazu;Sovětským svazem|Sovětský svaz|v|sovětský|||
'''
ADJECTIVES = dict(x.split() for x in """CO kolumbijský|VE venezuelský|EC ekvádorský|BO bolivijský|PY paraguayský|UY uruguayský|CR kostarický
PA panamský|GT guatemalský|HN honduraský|NI nikaragujský|SV salvadorský|DO dominikánský|HT haitský|JM jamajský|NG nigerijský|GH ghanský
CM kamerunský|TZ tanzanský|UG ugandský|RW rwandský|MZ mosambický|AO angolský|NA namibijský|BW botswanský|ZW zimbabwský|MG madagaskarský
SD súdánský|SO somálský|ML malijský|BJ beninský|MR mauritánský|CD konžský|PK pákistánský|BD bangladéšský|LK srílanský|MM myanmarský
KH kambodžský|LA laoský|MY malajsijský|SG singapurský|ID indonéský|PH filipínský|KP severokorejský|GL grónský|MV maledivský|BT bhútánský
MU mauricijský""".replace("\n", "|").split("|"))


def class_of(name):
    """Declension class of a one-word name that has no row of its own."""
    if not re.fullmatch(r"\w+", name):
        return "0"
    for ending, cls in ("ie", "ie"), ("ko", "o"), ("go", "o"), ("ka", "ka"), ("ga", "ga"), ("ra", "ra"), ("la", "la"), ("a", "a"), ("y", "y"):
        if name.endswith(ending):
            return cls
    return "u" if name[-1] in "bcčdďfghjklmnňpqrřsštťvwxzž" else "0"


def territories(archive, lang):
    member = archive.extractfile(f"package/main/{lang}/territories.json")
    return json.load(member)["main"][lang]["localeDisplayNames"]["territories"]


def main(cldr, out):
    data = open(cldr, "rb").read()
    if hashlib.sha256(data).hexdigest() != SUM:
        sys.exit(f"{cldr}: not cldr-localenames-full 48.2.0")
    archive = tarfile.open(fileobj=io.BytesIO(data))
    czech, english = territories(archive, "cs"), territories(archive, "en")
    rows, seen = [], set()
    for line in T.strip().split("\n"):
        iso, kind, cls, nom, _, adj, demonym, demonyms, *other = [x.strip() for x in line.split("|")]
        other = [x.strip() for cell in other for x in cell.split(";") if x.strip()]
        forms = cls.split(":", 1)[1].split(";") if ":" in cls else decl(nom, cls)
        assert len(forms) == 6 and forms[0] == nom, line
        rows.append([iso, kind, *forms, adj, demonym, demonyms, ";".join(other), english.get(iso, "") if kind == "country" else ""])
        if kind == "country":
            seen.add(iso)
    for iso, name in sorted(czech.items()):
        if re.fullmatch(r"[A-Z]{2}", iso) and iso not in seen and iso not in ("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"):
            other = [v for k, v in czech.items() if k.startswith(iso + "-alt")]
            rows.append([iso, "country", *decl(name, class_of(name)), ADJECTIVES.get(iso, ""), "", "", ";".join(other), english[iso]])
    head = "iso2 kind nom gen dat acc loc ins adjective demonym demonyms other english".split()
    with open(out, "w", encoding="utf8") as f:
        f.writelines("\t".join(row) + "\n" for row in [head, *rows])


if __name__ == "__main__":
    main(*sys.argv[1:3])
