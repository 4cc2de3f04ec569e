//! Notices of towns that are on no map, as the pages of a town hall show them.

/// A notice of a site of our own.
#[derive(Clone, Debug)]
pub struct Notice {
    pub date: &'static str,
    pub title: String,
    pub summary: String,
    pub body: String,
    pub path: String,
}

impl Notice {
    pub fn new(date: &'static str, name: &str) -> Self {
        let slug = twindex::extract::text::fold(name).replace(' ', "-");
        Self {
            date,
            title: format!("Obec {name} hledá partnera"),
            summary: format!("Zastupitelé obce {name} by rádi navázali spolupráci v oblasti kultury a sportu."),
            body: format!(
                "Obec {name} leží v údolí řeky a má vlastní školu.\nPrvní setkání se uskuteční na jaře, přihlásit se může každý spolek."
            ),
            path: format!("/clanek/{slug}"),
        }
    }

    fn item(&self) -> String {
        format!(
            "<li class=\"item\"><span class=\"date\">{}</span> <a href=\"{}\">{}</a><p>{}</p></li>",
            self.date, self.path, self.title, self.summary
        )
    }

    pub fn page(&self) -> String {
        let paragraphs: String = self.body.lines().map(|line| format!("<p>{line}</p>")).collect();
        document(&self.title, &format!("<h1>{}</h1><p class=\"date\">{}</p><div class=\"text\">{paragraphs}</div>", self.title, self.date))
    }
}

/// Some notices of towns that are on no map.
pub fn notices(number: usize) -> Vec<Notice> {
    const NAMES: [&str; 12] = [
        "Horní Lípa",
        "Dolní Javor",
        "Bukovany",
        "Olšina",
        "Vrbice",
        "Topolná",
        "Habří",
        "Lískov",
        "Borovany",
        "Smrčná",
        "Modřínov",
        "Jedlová",
    ];
    const DAYS: [&str; 12] = [
        "12. 3. 2021",
        "28. 2. 2021",
        "5. 11. 2020",
        "17. 9. 2020",
        "2. 6. 2020",
        "20. 4. 2020",
        "31. 1. 2020",
        "9. 12. 2019",
        "14. 10. 2019",
        "3. 7. 2019",
        "25. 5. 2019",
        "6. 2. 2019",
    ];
    (0..number).map(|nth| Notice::new(DAYS[nth], NAMES[nth])).collect()
}

/// A listing with navigation around it; `more` follows the list.
pub fn list_page(notices: &[Notice], more: &str) -> String {
    let items: String = notices.iter().map(Notice::item).collect();
    document("Partnerství obcí", &format!("<h1>Partnerství obcí</h1><ul class=\"list\">{items}</ul>{more}"))
}

pub fn document(title: &str, main: &str) -> String {
    format!(
        "<!doctype html><html lang=\"cs\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body>\
         <nav><a href=\"/\">Úvod</a> <a href=\"/kontakt\">Kontakt</a></nav><main>{main}</main>\
         <footer><p>Svazek obcí</p></footer></body></html>"
    )
}
