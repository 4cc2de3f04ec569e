//! Notices of several sections: what opens by a link, whom to ask, and who is quoted belong to the text; the frame's own contacts do not.

use super::{layout, near};

/// A notice of a regional office in a frame with menu, tools, neighbours and a footer.
fn framed(text: &str) -> String {
    format!(
        "<body><header><a href=/>Kraj Podlesí</a><nav><ul><li><a href=/urad>Úřad</a></li><li><a href=/kontakt>Kontakt</a></li></ul></nav></header>\
         <main><h1>Podlesí přidá na silnice</h1><p>Krajské zastupitelstvo schválilo peníze na opravu osmi silnic druhé třídy, práce začnou v dubnu a skončí v říjnu.</p>{text}\
         <div><a href='https://s.example/?u=x'>Sdílet</a> <a href='?tisk'>Tisk</a></div><section><h2>Další zprávy</h2><article><h3><a href=/z/1>Muzeum otevře depozitář</a></h3><time>3. 2. 2024</time></article>\
         <article><h3><a href=/z/2>Kraj hledá dobrovolníky do terénu</a></h3><time>1. 2. 2024</time></article></section></main>\
         <footer><p>Kraj Podlesí, Dlouhá 1, 500 00 Lesná</p><p>Tel.: <a href='tel:+420499000111'>499 000 111</a></p><p><a href='mailto:podatelna@podlesi.example'>podatelna@podlesi.example</a></p></footer></body>"
    )
}

const LEAD: &str = "Krajské zastupitelstvo schválilo peníze na opravu osmi silnic druhé třídy, práce začnou v dubnu a skončí v říjnu.";

fn read(text: &str) -> String {
    layout(&framed(text), "Podlesí přidá na silnice", "").body.unwrap_or_default()
}

/// Mail and telephone are links to no page.
#[test]
fn whom_to_ask_stands_at_the_end() {
    let text = read(
        "<h2>Objížďky</h2><p>Objížďky povedou po místních silnicích a budou značené, autobusy pojedou podle výlukových řádů.</p>\
         <h2>Kontakt</h2><p>Ing. Jarmila Tichá, odbor dopravy</p><p>Telefon: <a href='tel:+420499000222'>499 000 222</a></p>\
         <p>E-mail: <a href='mailto:ticha@podlesi.example'>ticha@podlesi.example</a></p>",
    );
    for part in ["Objížďky povedou", "Jarmila Tichá", "499 000 222", "ticha@podlesi.example"] {
        assert!(text.contains(part), "no {part} in\n{text}");
    }
    for part in ["499 000 111", "podatelna@", "depozitář"] {
        assert!(!text.contains(part), "{part} in\n{text}");
    }
}

/// The headings of sections that open are links to places of the same page.
#[test]
fn sections_that_open_are_the_text() {
    let text = read(
        "<div><h3><a href='#a1'>Které silnice se opraví?</a></h3><div id=a1><p>Opraví se silnice z Lesné do Dolan, z Dolan do Mlýnce a obchvat Lhoty včetně tří mostů.</p></div>\
         <h3><a href='#a2'>Kdo opravy zaplatí?</a></h3><div id=a2><p>Polovinu zaplatí kraj, druhou polovinu fond dopravy. Obce se podílejí jen na chodnících.</p></div></div>",
    );
    let want = format!(
        "{LEAD}\n\nKteré silnice se opraví?\n\nOpraví se silnice z Lesné do Dolan, z Dolan do Mlýnce a obchvat Lhoty včetně tří mostů.\n\n\
         Kdo opravy zaplatí?\n\nPolovinu zaplatí kraj, druhou polovinu fond dopravy. Obce se podílejí jen na chodnících."
    );
    near(Some(&text), &want, 0.9);
}

/// A quotation has a foot of its own, which is not the page's.
#[test]
fn who_is_quoted_stands_in_the_foot_of_the_quotation() {
    let text = read(
        "<p>Smlouvy se stavebními firmami podepíše hejtman do konce března, výsledky zveřejní úřad na své desce.</p>\
         <blockquote><p>„Silnice jsme slíbili a silnice opravíme, i kdyby to mělo trvat do zimy.“</p><footer>Jan Hora, radní</footer></blockquote>",
    );
    assert!(text.ends_with("do zimy.“\n\nJan Hora, radní"), "{text}");
}
