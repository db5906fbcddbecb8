//! Descriptions that try to run, to load, to navigate or to reach the shell. Each is an event's
//! body at the provider and is opened in the real window.

use anyhow::{Context as _, Result, ensure};
use chrono::Days;
use dayline_e2e::dayline::Dayline;
use dayline_e2e::wait;
use dayline_e2e::window::{Driver, Window};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::{Stage, press, world};

/// What a body tries: `JS` stands for a script, `URL` for an address that nobody may ask for.
const TRIES: [&str; 35] = [
    "<script>JS</script>",
    "<script src=\"URL\"></script>",
    "<img src=x onerror=\"JS\">",
    "<img src=\"URL\">",
    "<img srcset=\"URL 1x\">",
    "<svg onload=\"JS\"></svg>",
    "<svg><script>JS</script></svg>",
    "<svg><image href=\"URL\"/></svg>",
    "<svg><use href=\"URL#a\"/></svg>",
    "<svg><animate onbegin=\"JS\" attributeName=x dur=1s>",
    "<svg><foreignObject><iframe src=\"URL\"></iframe></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x onerror=JS&gt;\">",
    "<iframe src=\"URL\"></iframe>",
    "<iframe srcdoc=\"&lt;script&gt;JS&lt;/script&gt;\"></iframe>",
    "<object data=\"URL\"></object>",
    "<embed src=\"URL\">",
    "<link rel=stylesheet href=\"URL\">",
    "<style>@import url(URL); * { background: url(URL) }</style>",
    "<p style=\"background:url(URL)\">styled</p>",
    "<meta http-equiv=refresh content=\"0;url=URL\">",
    "<base href=\"URL\">",
    "<form action=\"URL\"><input autofocus onfocus=\"JS\"><button>go</button></form>",
    "<video src=\"URL\" autoplay onerror=\"JS\"></video>",
    "<audio src=\"URL\" autoplay onerror=\"JS\"></audio>",
    "<details open ontoggle=\"JS\"><summary>s</summary></details>",
    "<body onload=\"JS\" background=\"URL\">",
    "<marquee onstart=\"JS\">m</marquee>",
    "<a href=\"javascript:JS\">click</a>",
    "<a href=\"data:text/html,<script>JS</script>\">click</a>",
    "<a href=\"//evil.example\" target=_top onclick=\"JS\">click</a>",
    "<noscript><p title=\"</noscript><img src=x onerror=JS>\">",
    "<template><img src=x onerror=\"JS\"></template>",
    "<input type=image src=\"URL\" onerror=\"JS\">",
    "<table background=\"URL\"><td background=\"URL\">t</table>",
    "<x-y onanimationstart=\"JS\" style=\"animation:a 1s\"></x-y><keygen autofocus onfocus=\"JS\">",
];

/// How each of them is dressed.
const DRESSES: [fn(&str) -> String; 12] = [
    str::to_owned,
    |html| html.to_uppercase().replace("WINDOW.RAN", "window.ran"),
    |html| format!("<p>Before</p>{html}<p>after</p>"),
    |html| format!("<!-- --!>{html}<!---->"),
    |html| format!("<div><table><tr>{html}</table></div>"),
    |html| html.replace('<', "<\x0c"),
    |html| html.replace("=\"", " = \""),
    |html| format!("<![CDATA[{html}]]>"),
    |html| format!("<xmp>{html}</xmp><listing>{html}</listing>{html}"),
    |html| html.replace(' ', "/"),
    |html| format!("<svg></p><style><a id=\"</style>{html}\">"),
    |html| format!("&lt;{}{html}", html.replace('<', "&lt;")),
];

/// Events of a week at most, so that each is on screen.
const EACH_WEEK: usize = 35;

fn bodies(port: u16) -> Vec<String> {
    let script = format!(
        "window.ran=(window.ran||0)+1;fetch('http://127.0.0.1:{port}/js');\
         window.__TAURI_INTERNALS__?.invoke('leave_sample')"
    );
    let url = format!("http://127.0.0.1:{port}/load");
    TRIES
        .iter()
        .flat_map(|html| {
            let html = html.replace("JS", &script).replace("URL", &url);
            DRESSES.map(|dress| dress(&html))
        })
        .collect()
}

fn events(bodies: &[String]) -> Vec<Value> {
    bodies
        .iter()
        .enumerate()
        .map(|(index, html)| {
            let week = index / EACH_WEEK;
            let within = index % EACH_WEEK;
            // From four weeks on: this week is the other test's.
            let day = world::monday()
                + Days::new(u64::try_from(28 + week * 7 + within / 5).unwrap_or(28));
            let hour = 8 + within % 5 * 2;
            json!({
                "subject": format!("Hostile {index}"),
                "start": { "dateTime": format!("{day}T{hour:02}:00:00"), "timeZone": "UTC" },
                "end": { "dateTime": format!("{day}T{:02}:00:00", hour + 1), "timeZone": "UTC" },
                "body": { "contentType": "html", "content": html },
            })
        })
        .collect()
}

/// Opens an event and waits until its details are there.
async fn open(window: &Window, title: &str) -> Result<()> {
    let script = "document.querySelector(`[data-title='${arguments[0]}'] [data-testid='event-open']`)?.click();";
    window
        .wait_for(&format!(
            "[data-title='{title}'] [data-testid='event-open']"
        ))
        .await?;
    window.script(script, vec![json!(title)]).await?;
    wait::until(&format!("the details of {title}"), async || {
        let label = window
            .script(
                "const panel = document.querySelector(\"[data-testid='details']\");
                return panel?.getAttribute('aria-busy') === 'false' ? panel.getAttribute('aria-label') : ''",
                Vec::new(),
            )
            .await?;
        let label = label.as_str().unwrap_or_default();
        Ok(label.starts_with(&format!("{title},")).then_some(()))
    })
    .await
}

/// 420 bodies: no script runs, nothing is asked for, the page stays, and nobody was removed.
pub async fn nothing_runs() -> Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let port = listener.local_addr()?.port();
    let asked = tokio::spawn(async move { listener.accept().await.map(|_| ()) });
    let bodies = bodies(port);
    ensure!(bodies.len() == 420, "there are {} bodies", bodies.len());
    let stage = Stage::set(|folder| world::write(folder, &events(&bodies), 0)).await?;
    let folder = stage.folder();
    let driver = Driver::start(&stage.environment).await?;
    let window = driver.open(&folder).await?;
    window.wait_for_id("week").await?;
    let page = window.script("return location.href", Vec::new()).await?;
    for _ in 0..4 {
        press(&window, "j").await?;
    }
    for index in 0..bodies.len() {
        if index > 0 && index % EACH_WEEK == 0 {
            press(&window, "j").await?;
        }
        open(&window, &format!("Hostile {index}")).await?;
        let state = window
            .script(
                "return [location.href, window.ran ?? 0, document.querySelectorAll(
                    '[data-testid=details] :is(script, iframe, object, embed, img, video, audio, form, input, style, link, meta, base)'
                ).length]",
                Vec::new(),
            )
            .await?;
        ensure!(
            state == json!([page, 0, 0]),
            "after {:?}: {state}",
            bodies.get(index)
        );
    }
    ensure!(!asked.is_finished(), "something was asked for");
    let dayline = Dayline::new(&folder, &stage.simulator)?;
    let accounts = dayline.json(&["accounts", "list"]).await?;
    let many = accounts.as_array().context("no list of accounts")?.len();
    ensure!(many == 2, "{many} accounts are left");
    window.close().await
}
