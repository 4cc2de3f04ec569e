//! Chromium without a window, driven through its pipe (Chrome `DevTools` Protocol): pages are opened, clicked and typed into.
//!
//! The pipe is two named ones that the shell joins to the descriptors 3 and 4. It has an empty profile and asks nobody.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const PROGRAMS: [&str; 4] = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];
const FLAGS: &str = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update \
    --disable-sync --disable-extensions --hide-scrollbars --remote-debugging-pipe";

pub struct Chromium {
    child: Child,
    to: RefCell<File>,
    from: RefCell<BufReader<File>>,
    number: Cell<u64>,
    session: String,
    /// Errors and refusals that the browser told since they were last taken.
    complaints: RefCell<Vec<String>>,
    loads: Cell<u64>,
    _profile: tempfile::TempDir,
}

impl Drop for Chromium {
    fn drop(&mut self) {
        self.child.kill().and_then(|()| self.child.wait()).ok();
    }
}

impl Chromium {
    /// `None`, and said, where there is none on this machine.
    pub fn start() -> Option<Self> {
        let Some(program) = PROGRAMS.into_iter().find(|program| std::path::Path::new(program).exists()) else {
            eprintln!("skipped: no chromium on this machine, so no page was looked at in a browser");
            return None;
        };
        let profile = tempfile::tempdir().unwrap();
        let (input, output) = (profile.path().join("in"), profile.path().join("out"));
        assert!(Command::new("mkfifo").args([&input, &output]).status().unwrap().success());
        let line = format!("exec {program} {FLAGS} --user-data-dir=\"$0/profile\" about:blank 3<\"$0/in\" 4>\"$0/out\"");
        let child = Command::new("sh").args(["-c", &line]).arg(profile.path()).stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
        let to = File::options().write(true).open(&input).unwrap();
        let from = BufReader::new(File::open(&output).unwrap());
        let mut browser = Self {
            child,
            to: RefCell::new(to),
            from: RefCell::new(from),
            number: Cell::new(0),
            session: String::new(),
            complaints: RefCell::default(),
            loads: Cell::new(0),
            _profile: profile,
        };
        let page = browser.ask("Target.createTarget", &json!({"url": "about:blank"}))["targetId"].clone();
        let attached = browser.ask("Target.attachToTarget", &json!({"targetId": page, "flatten": true}));
        attached["sessionId"].as_str().unwrap().clone_into(&mut browser.session);
        for domain in ["Page", "Runtime", "Log"] {
            browser.ask(&format!("{domain}.enable"), &json!({}));
        }
        Some(browser)
    }

    pub fn ask(&self, method: &str, params: &Value) -> Value {
        self.number.set(self.number.get() + 1);
        let number = self.number.get();
        let mut message = json!({"id": number, "method": method, "params": params});
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        self.to.borrow_mut().write_all(format!("{message}\0").as_bytes()).unwrap();
        loop {
            let told = self.next();
            if told["id"] == number {
                assert!(told["error"].is_null(), "{method}: {told}");
                return told["result"].clone();
            }
        }
    }

    /// The next message, noted where it is an event that tests look at.
    fn next(&self) -> Value {
        let mut message = Vec::new();
        self.from.borrow_mut().read_until(0, &mut message).unwrap();
        message.pop();
        assert!(!message.is_empty(), "the browser is gone");
        let told: Value = serde_json::from_slice(&message).unwrap();
        match told["method"].as_str() {
            Some("Page.loadEventFired") => self.loads.set(self.loads.get() + 1),
            Some("Log.entryAdded") if told["params"]["entry"]["level"] == "error" => {
                self.complaints.borrow_mut().push(told["params"]["entry"].to_string());
            }
            Some("Runtime.exceptionThrown") => self.complaints.borrow_mut().push(told["params"].to_string()),
            _ => {}
        }
        told
    }

    pub fn open(&self, address: &str) {
        self.and_load(|| _ = self.ask("Page.navigate", &json!({"url": address})));
    }

    /// Does something that leads to another page, and waits for it.
    pub fn and_load(&self, work: impl FnOnce()) {
        let before = self.loads.get();
        work();
        let until = Instant::now() + Duration::from_secs(30);
        while self.loads.get() == before {
            assert!(Instant::now() < until, "no page was loaded");
            self.eval("1");
        }
    }

    pub fn eval(&self, expression: &str) -> Value {
        let told = self.ask("Runtime.evaluate", &json!({"expression": expression, "returnByValue": true, "awaitPromise": true}));
        assert!(told["exceptionDetails"].is_null(), "{expression}: {told}");
        told["result"]["value"].clone()
    }

    pub fn text(&self, expression: &str) -> String {
        self.eval(expression).as_str().unwrap_or_default().to_owned()
    }

    /// Waits until an expression is true.
    pub fn until(&self, expression: &str) {
        let until = Instant::now() + Duration::from_secs(20);
        while self.eval(&format!("Boolean({expression})")) != true {
            assert!(Instant::now() < until, "never: {expression}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The middle of the first element that a selector has, on the screen.
    pub fn middle(&self, selector: &str) -> (f64, f64) {
        let quoted = json!(selector);
        let place = self.eval(&format!(
            "(() => {{ const e = document.querySelector({quoted}); e.scrollIntoView({{block: 'center', behavior: 'instant'}}); const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; }})()"
        ));
        (place[0].as_f64().unwrap(), place[1].as_f64().unwrap())
    }

    pub fn mouse(&self, kind: &str, (x, y): (f64, f64)) {
        self.ask("Input.dispatchMouseEvent", &json!({"type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1}));
    }

    pub fn click(&self, selector: &str) {
        let place = self.middle(selector);
        self.mouse("mouseMoved", place);
        self.mouse("mousePressed", place);
        self.mouse("mouseReleased", place);
    }

    /// A key by its name: `Tab`, `Enter`, `ArrowDown`, `Escape`.
    pub fn key(&self, name: &str) {
        let code = match name {
            "Tab" => 9,
            "Enter" => 13,
            "Escape" => 27,
            "ArrowDown" => 40,
            other => panic!("{other} is not known here"),
        };
        let text = if name == "Enter" { "\r" } else { "" };
        let key = |kind: &str| json!({"type": kind, "key": name, "code": name, "windowsVirtualKeyCode": code, "text": text});
        self.ask("Input.dispatchKeyEvent", &key(if text.is_empty() { "rawKeyDown" } else { "keyDown" }));
        self.ask("Input.dispatchKeyEvent", &json!({"type": "keyUp", "key": name, "code": name, "windowsVirtualKeyCode": code}));
    }

    pub fn type_text(&self, text: &str) {
        self.ask("Input.insertText", &json!({"text": text}));
    }

    pub fn size(&self, width: u32, height: u32) {
        self.ask("Emulation.setDeviceMetricsOverride", &json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}));
    }

    pub fn take_complaints(&self) -> Vec<String> {
        self.eval("1");
        std::mem::take(&mut *self.complaints.borrow_mut())
    }
}
