//! Attached documents: what is read of good ones, and that bad ones hurt nobody.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use twindex::extract::attachment;

/// A small repeatable generator (Marsaglia's xorshift) for damaged files.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

/// A PDF of one page with the objects given; the cross-reference table is right.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.extend(format!("{} 0 obj\n", at + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in offsets {
        out.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    out.extend(format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF", objects.len() + 1).bytes());
    out
}

fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    [format!("<<{dictionary}/Length {}>>\nstream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
}

/// A page with this content stream and one Latin font.
fn page_pdf(content: Vec<u8>, extra: &str) -> Vec<u8> {
    pdf(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>{extra}>>").into_bytes(),
        content,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
    ])
}

fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, data) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(data).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const WORD: &str = "<w:document xmlns:w='w'><w:body>";

fn docx(body: &str) -> Vec<u8> {
    let document = format!("{WORD}{body}</w:body></w:document>");
    let notes = "<w:footnotes xmlns:w='w'><w:footnote><w:p><w:r><w:t>Note.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    zip_of(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes()), ("word/footnotes.xml", notes.as_bytes())])
}

const LINES: &[u8] = b"BT /F 11 Tf 14 TL 50 700 Td (A town) Tj T* [(by) -300 (the ri) 20 (ver)] TJ 0 -40 Td (Next part.) Tj ET";

#[test]
fn pdf_lines_follow_the_text_position() {
    let read = attachment::read(None, "a.pdf", &page_pdf(stream("", LINES), ""));
    assert_eq!(read.text.as_deref(), Some("A town\nby the river\n\nNext part."));
    assert_eq!((read.media_type.as_str(), read.problems.len()), ("application/pdf", 0));
}

/// A page whose text lies in a form, and a form that draws itself.
#[test]
fn pdf_forms_are_read_where_they_are_drawn() {
    let page = |form: &[u8]| {
        pdf(&[
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>".to_vec(),
            stream("", b"BT /F 11 Tf 50 700 Td (Head) Tj ET q 1 0 0 1 0 600 cm /X Do Q BT /F 11 Tf 50 500 Td (Foot) Tj ET"),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
            stream("/Type/XObject/Subtype/Form/BBox[0 0 500 500]/Resources<</Font<</G 5 0 R>>/XObject<</X 6 0 R>>>>", form),
        ])
    };
    let read = attachment::read(None, "a.pdf", &page(b"BT /G 11 Tf 50 50 Td (Inside) Tj ET"));
    assert_eq!(read.text.as_deref(), Some("Head\n\nInside\n\nFoot"));
    let text = attachment::read(None, "a.pdf", &page(b"BT /G 11 Tf 50 50 Td (Inside) Tj ET /X Do /X Do")).text.unwrap();
    assert!(text.contains("Foot") && text.len() < 4_000, "{}", text.len());
}

#[test]
fn office_documents_keep_paragraphs_cells_tabs_and_notes() {
    let body = "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>One &amp; </w:t><w:tab/><w:t>two</w:t><w:noBreakHyphen/><w:t>way</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>\
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Name</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Bor</w:t></w:r></w:p></w:tc></w:tr>\
        <w:tr><w:tc><w:p><w:r><w:t>Size</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>800</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let read = attachment::read(None, "a.docx", &docx(body));
    assert_eq!(read.text.as_deref(), Some("One & two-way\n\nName Bor\nSize 800\n\nNote."));
    let content = "<o:document-content xmlns:o='o' xmlns:t='t'><o:automatic-styles><t:p>no</t:p></o:automatic-styles><o:body><t:h>Žádost</t:h>\
        <t:p>a<t:s/>b<t:line-break/>c<o:annotation><t:p>no</t:p></o:annotation></t:p></o:body></o:document-content>";
    let odt = zip_of(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())]);
    let read = attachment::read(None, "a.odt", &odt);
    assert_eq!(read.text.as_deref(), Some("Žádost\n\na b\nc"));
    assert!(read.media_type.ends_with("opendocument.text"));
}

/// Word keeps the place of a floating drawing as numbers, its text box inside the line, and moved text twice.
#[test]
fn word_drawings_boxes_and_moves() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let drawing = "<w:r><w:drawing><wp:anchor><wp:positionH><wp:align>left</wp:align><wp:posOffset>12700</wp:posOffset></wp:positionH>\
        <wps:txbx><w:txbxContent><w:p><w:r><w:t>Znak obce</w:t></w:r></w:p></w:txbxContent></wps:txbx></wp:anchor></w:drawing></w:r>";
    let body = format!(
        "<w:p>{}{drawing}{}</w:p><w:moveFrom><w:p>{}</w:p></w:moveFrom><w:p>{}</w:p>",
        run("Dolní "),
        run("Lhota"),
        run("Přijďte všichni."),
        run("Přijďte všichni.")
    );
    let read = attachment::read(None, "a.docx", &docx(&body));
    assert_eq!(read.text.as_deref(), Some("Dolní Lhota\n\nZnak obce\n\nPřijďte všichni.\n\nNote."));
}

#[test]
fn notes_and_descriptions_of_opendocument_stand_apart() {
    let content = "<o:document-content xmlns:o='o' xmlns:t='t' xmlns:svg='s' xmlns:d='d'><o:body>\
        <t:p>Hraje kapela<t:note><t:note-citation>1</t:note-citation><t:note-body><t:p>Ze Sokolova.</t:p></t:note-body></t:note> \
        od pěti<d:frame><d:image/><svg:title>Znak</svg:title><svg:desc>Lev na poli</svg:desc></d:frame>.</t:p><t:p>Vstup volný.</t:p>\
        </o:body></o:document-content>";
    let odt = zip_of(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())]);
    let read = attachment::read(None, "a.odt", &odt);
    let want = "Hraje kapela od pěti.\n\nZnak\n\nLev na poli\n\nVstup volný.\n\nZe Sokolova.";
    assert_eq!(read.text.as_deref(), Some(want));
}

#[test]
fn pdf_words_broken_at_the_end_of_a_line_are_whole() {
    let lines = b"BT /F 11 Tf 14 TL 50 700 Td (nova kolo-) Tj T* (nada v Usti-) Tj T* (Dolnim) Tj ET";
    let read = attachment::read(None, "a.pdf", &page_pdf(stream("", lines), ""));
    assert_eq!(read.text.as_deref(), Some("nova kolonada\nv Usti-Dolnim"));
}

#[test]
fn pdf_without_text_or_behind_a_password_says_so() {
    let told = |bytes: &[u8]| {
        let read = attachment::read(None, "a.pdf", bytes);
        assert_eq!(read.text, None);
        read.problems[0].what.clone()
    };
    assert!(told(&page_pdf(stream("", b"q 100 0 0 100 0 0 cm Q"), "")).contains("no text layer"));
    let locked = String::from_utf8_lossy(&page_pdf(stream("", b"x"), "")).replace(
        "/Root 1 0 R",
        &format!("/Root 1 0 R/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{0}>/U<{0}>>>", "41".repeat(32)),
    );
    assert_eq!(told(locked.as_bytes()), "encrypted");
}

#[test]
fn what_does_not_fit_is_counted() {
    let body = "<w:p><w:r><w:t>word word word word word word word word word word</w:t></w:r></w:p>".repeat(60_000);
    let read = attachment::read(None, "a.docx", &docx(&body));
    let what = &read.problems[0].what;
    assert!(read.text.is_some_and(|text| text.len() <= 2 << 20));
    assert!(what.starts_with("text cut: ") && what.contains("bytes"), "{what}");
}

#[test]
fn hostile_files_are_answers_in_time() {
    use std::io::Write;
    let started = std::time::Instant::now();
    let deflated = |byte: u8, length: usize| {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(&vec![byte; length]).unwrap();
        encoder.finish().unwrap()
    };
    let deep = format!("/X {}{}", "[".repeat(200_000), "]".repeat(200_000));
    let laughs = format!("<!DOCTYPE d [<!ENTITY a \"{}\">]>{WORD}<w:p><w:t>&a;&a;</w:t></w:p></w:body></w:document>", "ha".repeat(1000));
    let nested = format!("{}{}", "<w:x>".repeat(100_000), "</w:x>".repeat(100_000));
    let long = format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "x".repeat(40 << 20));
    let mut lying = docx("<w:p><w:r><w:t>true</w:t></w:r></w:p>");
    // The sizes in the central directory claim four gigabytes.
    let directory = lying.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    lying[directory + 20..directory + 28].fill(0xFF);
    let hostile = [
        page_pdf(stream("/Filter/FlateDecode", &deflated(b' ', 64 << 20)), ""),
        page_pdf(stream("", LINES), &deep),
        pdf(&[b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>".to_vec()]),
        page_pdf(stream("", &b"(".repeat(500_000)), ""),
        page_pdf(stream("", &b"q ".repeat(500_000)), ""),
        zip_of(&[("word/document.xml", laughs.as_bytes())]),
        docx(&nested),
        docx(&long),
        lying,
        b"PK\x03\x04word/document.xml".to_vec(),
        b"%PDF-".to_vec(),
        Vec::new(),
    ];
    for (at, bytes) in hostile.iter().enumerate() {
        let read = attachment::read(Some("application/octet-stream"), "x", bytes);
        assert!(read.text.as_ref().is_none_or(|text| text.len() <= 2 << 20), "{at}");
        assert!(!read.problems.is_empty() || read.text.is_some(), "{at}: neither text nor problem");
        assert!(read.text.is_none_or(|text| !text.contains("haha")), "{at}: an entity was expanded");
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn damaged_files_never_panic() {
    let whole = [page_pdf(stream("", LINES), ""), docx("<w:p><w:r><w:t>text</w:t></w:r></w:p>")];
    let mut chance = Chance::new(0x9E37_79B9_7F4A_7C15);
    for round in 0..400 {
        let mut bytes = whole[round % whole.len()].clone();
        for _ in 0..=chance.below(12) {
            let at = chance.below(bytes.len());
            match chance.below(4) {
                0 => bytes[at] = chance.below(256) as u8,
                1 => bytes[at] ^= 1 << chance.below(8),
                2 => bytes.truncate(at.max(8)),
                _ => drop(bytes.splice(at..at, [chance.below(256) as u8; 3])),
            }
        }
        attachment::read(None, "a", &bytes);
    }
}
