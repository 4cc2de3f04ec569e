//! The configuration's faults, the contact, the plan, and `probe`, which writes a configuration.

use crate::house::{Answer, House, Site, json_lines, list_page, notices, source};

#[test]
fn unknown_keys_and_every_fault_are_named_with_their_line() {
    let house = House::empty();
    std::fs::write(house.path("config.toml"), "home = \"state\"\n[crawler]\ndelai = \"2s\"\n").unwrap();
    house.expect(2, &["crawl"]).says("delai").says("line 3").says("config.toml");
    let many = "[crawler]\ndelay = \"fast\"\ncontact = \"nobody\"\n[[source]]\nname = \"Bad Name\"\nlisting = [\"ftp://a.example/\"]\n";
    std::fs::write(house.path("config.toml"), many).unwrap();
    let ran = house.expect(2, &["crawl"]);
    for line in ["line 2", "line 3", "line 5", "line 6"] {
        ran.says(line);
    }
}

#[test]
fn a_crawl_off_this_machine_wants_a_contact_first() {
    let house = House::empty();
    let site = Site::start();
    site.publish("/partneri", &notices(3));
    let here = crate::house::source("here", &site.base(), &["/partneri"], "");
    // An address of documentation (RFC 5737): nobody answers there, and nobody must be asked.
    let there = "[[source]]\nname = \"there\"\nlisting = [\"http://192.0.2.1/partneri\"]\n";
    std::fs::write(house.path("config.toml"), format!("{here}{there}")).unwrap();
    let ran = house.expect(2, &["crawl"]);
    ran.says("contact = \"you@your-institution.cz\"").says("192.0.2.1");
    assert_eq!(ran.stderr.trim_end().lines().count(), 1, "one line says it: {}", ran.stderr);
    assert!(site.log().is_empty(), "nothing is sent, not even to the others");
    house.expect(2, &["crawl", "--contact", "nobody"]).says("nobody");
    house.expect(2, &["probe", "http://192.0.2.1/partneri"]).says("contact");
}

#[test]
fn a_placeholder_of_a_contact_will_do_for_this_machine_alone() {
    let site = Site::start();
    site.publish("/partneri", &notices(3));
    let house = House::empty();
    let here = format!("[[source]]\nname = \"here\"\nlisting = \"{}\"\n", site.url("/partneri"));
    let contact = "[crawler]\ndelay = \"0s\"\ncontact = \"you@university.example\"\n";
    std::fs::write(house.path("config.toml"), format!("{contact}{here}")).unwrap();
    house.expect(0, &["crawl"]).says("3 entries");
    house.expect(0, &["crawl", "--contact", "me@example.org"]);
    let there = "[[source]]\nname = \"there\"\nlisting = [\"http://192.0.2.1/partneri\"]\n";
    std::fs::write(house.path("config.toml"), format!("{contact}{here}{there}")).unwrap();
    house.expect(2, &["crawl", "here"]).says("line 3").says("placeholder");
    std::fs::write(house.path("config.toml"), here.replace("listing = \"", "listing = 7 # \"")).unwrap();
    house.expect(2, &["crawl"]).says("an address in quotes, or a list of them");
}

#[test]
fn an_unknown_source_is_told_with_those_that_exist() {
    let site = Site::start();
    let house = House::of(&site, &["/partneri"]);
    house.expect(2, &["crawl", "twon"]).says("\"twon\"").says("there are: town");
    assert!(site.log().is_empty());
}

#[test]
fn the_plan_names_addresses_and_reasons_and_asks_nothing() {
    let site = Site::start();
    let all = notices(4);
    site.publish("/partneri", &all);
    let house = House::of(&site, &["/partneri"]);
    let plan = house.expect(0, &["crawl", "--plan"]).stdout;
    assert!(plan.contains("listing") && plan.contains(&site.url("/partneri")) && plan.contains("not in the archive yet"), "{plan}");
    assert!(site.log().is_empty());
    house.expect(0, &["crawl"]);
    site.take_log();
    let rows = json_lines(&house.expect(0, &["--json", "crawl", "--plan", "--all"]).stdout);
    assert_eq!(rows.len(), 5);
    assert!(rows.iter().all(|row| row["why"].as_str().unwrap().contains("has it changed")), "{rows:?}");
    let due = house.expect(0, &["crawl", "--plan"]);
    assert_eq!(due.stdout.lines().count(), 1, "{}", due.stdout);
    due.says("4 known pages are not due yet, the next at 20");
    assert!(site.log().is_empty());
}

#[test]
fn the_plan_knows_what_robots_txt_and_busy_hosts_ask_for() {
    let site = Site::start();
    let all = notices(2);
    site.publish("/partneri", &all);
    site.put("/robots.txt", Answer::new(200, "Content-Type: text/plain\r\n", "User-agent: *\nCrawl-delay: 0.25\n"));
    let house = House::of(&site, &["/partneri"]);
    house.expect(0, &["crawl"]);
    let plan = house.expect(0, &["crawl", "--plan", "--all"]);
    plan.says("robots.txt and 3 addresses: about 1 s").says("one request in 0.25 s, as its robots.txt asked");
}

#[test]
fn probe_shows_what_would_be_read_and_its_block_is_a_configuration() {
    let site = Site::start();
    let all = notices(6);
    site.publish("/partneri", &all);
    site.put("/partneri", Answer::page(&list_page(&all, "<a rel=\"next\" href=\"/partneri?p=2\">Další</a>")));
    let house = House::empty();
    let address = site.url("/partneri");
    let said = house.expect(0, &["probe", &address]).stdout;
    for words in ["6 entries", "2021-03-12", &all[0].title, "/partneri?p=2", "layout", "2 paragraphs"] {
        assert!(said.contains(words), "no {words:?} in {said}");
    }
    assert!(!house.state().exists() && !house.path("index").exists(), "nothing is stored");
    let block = said.split("for config.toml").nth(1).unwrap();
    std::fs::write(house.path("config.toml"), format!("[crawler]\ndelay = \"0s\"\n{block}")).unwrap();
    house.run(&["crawl"]).says("6 entries");
    site.put("/nic", Answer::page("<h1>Nic</h1><p>Tady nic není.</p>"));
    assert_eq!(house.run(&["probe", &site.url("/nic")]).code, Some(1));
    let items = [(12, "První"), (11, "Druhá"), (10, "Třetí")]
        .map(|(day, which)| format!("<li>{day}. 3. 2021 <a href=/absent/{day}>{which} výzva obce</a></li>"));
    site.put("/pryc", Answer::page(&format!("<h1>Výzvy</h1><ul>{}</ul>", items.concat())));
    let probe = house.expect(0, &["probe", &site.url("/pryc")]);
    assert!(probe.stdout.contains("3 entries"), "{}", probe.stdout);
    probe.says("page of the first entry: ").says("gone");
    house.expect(2, &["probe", &site.url("/absent")]).says("gone");
    house.expect(2, &["probe", &site.url("/closed")]).says("robots.txt");
}

#[test]
fn the_environment_and_the_arguments_name_the_state_folder() {
    let site = Site::start();
    site.publish("/partneri", &notices(3));
    let house = House::of(&site, &["/partneri"]);
    house.expect(0, &["--home", "other", "crawl"]);
    assert!(house.path("other/archive.db").exists() && !house.state().exists());
    let output = house.command(&["stats", "--json"]).env("TWINDEX_HOME", "other").output().unwrap();
    assert!(output.status.success());
    // From another folder, relative to the configuration.
    house.expect(0, &["crawl"]);
    let output = house.command(&["stats"]).current_dir("/").env("TWINDEX_CONFIG", house.path("config.toml")).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn a_source_is_crawled_when_its_schedule_says_so() {
    let site = Site::start();
    site.publish("/partneri", &notices(4));
    let house = House::with(&site, &["/partneri"], "schedule = \"6h\"");
    house.expect(0, &["crawl", "--if-due"]).says("4 entries");
    site.take_log();
    house.expect(0, &["crawl", "--if-due"]).says("town: not due").says("again every 6 h");
    assert!(site.log().is_empty());
    let sql = rusqlite::Connection::open(house.state().join("archive.db")).unwrap();
    sql.execute_batch("UPDATE runs SET started = '2026-01-01T00:00:00.000Z'").unwrap();
    house.expect(0, &["crawl", "--if-due"]).says("4 entries");
    house.configure(&source("town", &site.base(), &["/partneri"], "schedule = \"0 0 1 1 * Europe/Prague\""));
    house.expect(0, &["crawl", "--if-due"]).says("again at 0 0 1 1 * Europe/Prague");
    house.configure(&source("town", &site.base(), &["/partneri"], "schedule = \"daily\""));
    house.expect(2, &["crawl", "--if-due"]).says("daily").says("write \"6h\"");
}
