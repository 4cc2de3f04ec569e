//! The seeker's number of people in whole notices, among numbers of other things, of others and of other times.

use twindex::notice::{Notice, read};
use twindex::record::Qualifier::{self, About, Exact, LessThan, MoreThan};

/// Title, the words that tell, the number in them.
type Told = (&'static str, &'static str, Option<(u64, Qualifier)>);

#[rustfmt::skip]
const NOTICES: &[Told] = &[
    ("Obec Lipany (Slovensko) hledá partnera", "Lipany ležia v okrese Sabinov. V okrese žije 58 tisíc ľudí, mesto samotné má 6 450 obyvateľov. Prvá písomná zmienka je z roku 1312.", Some((6_450, Exact))),
    ("Polské město Gubin hledá partnera", "Gubin leží na hranici s Německem; s německým Gubenem tvoří dvojměstí, v němž žije dohromady 34 000 lidí. V polské části bydlí 16 600 obyvatel. Před válkou mělo celé město přes 45 tisíc obyvatel.", Some((16_600, Exact))),
    ("Maďarský Szarvas hledá partnera", "Město ve středu země, v němž žije 16 tisíc lidí, z toho 3 000 Slováků, hledá českého partnera.", Some((16_000, Exact))),
    ("Italská obec Montefalco hledá partnera", "Středověké městečko na kopci ve výšce 472 metrů s necelými šesti tisíci obyvateli.", Some((6_000, LessThan))),
    ("Ukrajinský Kaniv hledá partnera", "Město na Dněpru, kde je pohřben Taras Ševčenko, má 24 tisíc obyvatel a ročně ho navštíví na 200 tisíc turistů.", Some((24_000, Exact))),
    ("Rumunské město Carei hledá partnera", "Carei leží 35 km od Satu Mare (100 000 obyvatel). Samo má kolem 20 tisíc obyvatel, z nich polovina jsou Maďaři.", Some((20_000, About))),
    ("Chorvatská obec Končanica hledá partnera", "Obec, kde se téměř polovina ze 2 360 obyvatel hlásí k české národnosti, hledá partnera v ČR.", Some((2_360, Exact))),
    ("Francouzské město Ornans hledá partnera", "Hledá českou obec do 5 000 obyvatel, která má hudební školu. Ornans má 4 200 obyvatel.", Some((4_200, Exact))),
    ("Německé městečko Ostritz hledá partnera", "Ostritz (Sasko, 2.300 obyvatel) hledá obec na české straně Nisy.", Some((2_300, Exact))),
    ("Srbská Bela Crkva hledá partnera", "Opština čítá 14 měst a vesnic, v nichž žije celkem 17 tisíc obyvatel.", Some((17_000, Exact))),
    ("Gruzínské Ozurgeti hledá partnera", "Centrum gurijského regionu s 14 800 obyvateli stojí o partnerství s městem z Moravy.", Some((14_800, Exact))),
    ("Slovinské Ajdovščina hledá partnera", "Občina Ajdovščina má 19 000 obyvatel, samo město 6 700.", Some((19_000, Exact))),
    ("Lotyšské město Kuldīga hledá partnera", "Základní údaje\nPočet obyvatel: 11 200\nRozloha: 13 km2\nStarosta: I. Bērziņa\nPočet škol: 5", Some((11_200, Exact))),
    ("Estonská obec Haapsalu hledá partnera", "Obyvatel\t10 400\nRozloha\t272 km2\nVzdálenost od Tallinnu\t100 km", Some((10_400, Exact))),
    ("Portugalská obec Batalha hledá partnera", "Počet obyvatel obce, která je sídlem stejnojmenného okresu, se pohybuje okolo osmi a půl tisíce.", Some((8_500, About))),
    ("Španělské Cuenca hledá partnera", "Město, jehož populace dosahuje 54 900 obyvatel, patří k památkám UNESCO.", Some((54_900, Exact))),
    ("Turecké město Ürgüp hledá partnera", "V Ürgüpu podle posledního sčítání (2010) žilo 18 631 osob. Ročně sem přijíždí přes milion turistů.", Some((18_631, Exact))),
    ("Švédské město Eksjö hledá partnera", "Dřevěné město, kde žije deset tisíc obyvatel (celá komuna má 16 500), hledá partnera.", Some((10_000, Exact))),
    ("Belgická obec Spa hledá partnera", "Lázeňské město má něco přes 10 000 stálých obyvatel, v sezoně se jejich počet ztrojnásobí.", Some((10_000, MoreThan))),
    ("Anglický Ludlow hledá partnera", "Ludlow is a market town with a population of just over 11,000, close to the Welsh border.", Some((11_000, MoreThan))),
    ("Irish village seeks partner: Dingle", "Dingle, population 2,050, welcomes 1 million visitors a year and seeks a Czech partner.", Some((2_050, Exact))),
    ("Moldavské Ungheni hledá partnera", "Pohraniční město se 35 tisíci obyvateli žádá o pomoc s přijetím 5 000 uprchlíků.", Some((35_000, Exact))),
    ("Běloruské město Nesviž hledá partnera", "Před sto lety zde žilo 10 tisíc lidí, dnes má Nesviž 15 tisíc obyvatel.", Some((15_000, Exact))),
    ("Arménské Dilidžan hledá partnera", "Horské lázně s dvacetitisícovou populací hledají lázeňského partnera.", Some((20_000, About))),
    ("Izraelský kibuc Sde Eliahu hledá partnera", "V kibucu žije na sedm set členů a dětí.", None),
    ("Řecká obec Kassandra hledá partnera", "Poloostrov v létě hostí až 100 tisíc lidí, trvale tu však žije jen 16 700 obyvatel.", Some((16_700, Exact))),
    ("Bulharské Tryavna hledá partnera", "Obec Trjavna se 140 vesnicemi má 12 tis. obyv., město samo 9,5 tis.", Some((12_000, Exact))),
    ("Kosovské město Suva Reka hledá partnera", "V obci žije 60 tisíc obyvatel v 41 vesnicích; 10 tisíc lidí odešlo do Německa.", Some((60_000, Exact))),
    ("Makedonská opština Kratovo hledá partnera", "Kratovo s 10 441 obyvateli je od hlavního města (500 tisíc obyvatel) vzdáleno 80 km.", Some((10_441, Exact))),
    ("Rakouský Retz hledá partnera", "Vinařské město o 4 200 obyvatelích chce spolupracovat s obcí podobné velikosti.", Some((4_200, Exact))),
    ("Litevské Anykščiai hledá partnera", "Rajon má 26 tisíc obyvatel a hledá partnera; ve městě jich žije 9 tisíc.", None),
    ("Město Zolotonoša (Ukrajina)", "Osmadvacetitisícové město v Čerkaské oblasti by rádo poznalo české město do 30 tisíc obyvatel.", Some((28_000, About))),
    ("Nizozemská obec Elburg hledá partnera", "Hanzovní město (22 tis. obyvatel, 12 tis. z nich v jádru) nabízí výměnu škol.", Some((22_000, Exact))),
    ("Dánské město Ribe hledá partnera", "Nejstarší město Dánska s osmi tisíci obyvatel slaví 1 300 let.", Some((8_000, Exact))),
    ("Finské Naantali hledá partnera", "Naantali má zhruba 19 000 obyvatel, z toho 14 000 ve vlastním městě.", Some((19_000, About))),
    ("Polská gmina Mszana Dolna hledá partnera", "Na ploše 170 km2 žije v deseti vesnicích 16,5 tis. lidí.", Some((16_500, Exact))),
    ("Slovenské Tornaľa hľadá partnera", "Počet obyvateľov je približne 7 300, z nich 62 % sa hlási k maďarskej národnosti.", Some((7_300, About))),
    ("Slovenská obec Hrhov hľadá partnera", "V obci s 1 150 obyvateľmi pôsobí folklórny súbor, ktorý má 30 členov.", Some((1_150, Exact))),
    ("Italské Pitigliano hledá partnera", "Hledá město, které by mělo stejně jako ono okolo 4 000 obyvatel a židovskou čtvrť.", None),
    ("Ukrajinská Ochtyrka hledá partnera", "Ve městě před plnohodnotnou invazí žilo 31 tisíc lidí, nyní zhruba 20 tisíc.", Some((20_000, About))),
    ("Ukrajinská hromada Derhači hledá partnera", "Hromada sdružuje 58 obcí s celkem 44 tisíci obyvatel.", Some((44_000, Exact))),
    ("Francouzské Sarlat hledá partnera", "Ne více než 9 tisíc obyvatel a přitom 70 památek: to je Sarlat, který hledá partnera v ČR.", Some((9_000, LessThan))),
    ("Obec Nagykovácsi (Maďarsko)", "Obec u Budapešti (8,5 tisíce obyvatel, před dvaceti lety jen 3,5 tisíce) hledá partnera.", Some((8_500, Exact))),
    ("Město Gori (Gruzie)", "Stotisícové město 70 km od Tbilisi (milion obyvatel) hledá partnera.", Some((100_000, About))),
];

#[test]
fn the_seekers_own_present_number() {
    let mut wrong = Vec::new();
    for (title, words, want) in NOTICES {
        // The same words tell the same in the short text and in the body.
        for (summary, body) in [(Some(*words), None), (None, Some(*words)), (Some("Má zájem o kulturu."), Some(*words))] {
            let facts = read(&Notice { title, summary, body, published: "2012-05-14".parse().ok(), ..Notice::default() });
            let got = facts.population.map(|population| (population.value, population.qualifier));
            if got != *want {
                wrong.push(format!("{title}: {got:?}, not {want:?} ({})", if body.is_some() { "body" } else { "summary" }));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
