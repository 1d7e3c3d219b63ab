#include <daemon/control/page_frame.hpp>

#include <report/style_sheet.hpp>

namespace conductor::daemon {
namespace {

constexpr std::string_view own_style = R"css(
.state { display: flex; align-items: center; gap: .6rem; margin: .75rem 0 0; font-size: 1.25rem;
  font-weight: 650; }
.state::before, td .dot { content: ""; flex: none; display: inline-block; width: .8rem;
  height: .8rem; border-radius: 50%; background: var(--series); }
td .dot { width: .6rem; height: .6rem; margin-right: .5rem; }
.good { --series: var(--c2); } .bad { --series: var(--c1); } .idle { --series: var(--c4); }
.reasons { margin: .5rem 0 0; padding-left: 1.4rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr));
  gap: 1rem 1.5rem; margin: 0; }
.facts > div { min-width: 0; }
.facts dt { color: var(--soft); font-size: .875rem; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
main { padding-top: 1.25rem; }
th, td { padding: .4rem .5rem; }
tbody th { min-width: 0; }
tbody tr:last-child > * { border-bottom: 0; }
.error { display: block; color: var(--soft); font-size: .875rem; }
td bdi, th bdi, table code { overflow-wrap: anywhere; }
td bdi, th bdi { display: inline-block; min-width: 7.5rem; }
.nowrap { white-space: nowrap; }
meter { display: block; width: 5rem; height: .5rem; margin-top: .25rem; border: 0;
  background: var(--rule); border-radius: .25rem; overflow: hidden; appearance: none; }
meter::-webkit-meter-bar { background: var(--rule); border: 0; border-radius: .25rem;
  height: .5rem; }
meter::-webkit-meter-optimum-value { background: var(--c0); }
meter::-moz-meter-bar { background: var(--c0); }
button, input[type="password"] { font: inherit; padding: .3rem .9rem; border-radius: .4rem;
  border: 1px solid var(--soft); background: var(--card); color: var(--ink); }
button { cursor: pointer; }
button:hover { background: var(--page); }
form { margin: 0; }
header { position: relative; }
.account { position: absolute; top: 2rem; right: 1.5rem; }
@media (max-width: 32rem) { .account { position: static; margin-top: .75rem; } }
.login label { display: block; font-weight: 600; margin: 0 0 .4rem; }
.login input { width: 100%; max-width: 30rem; margin: 0 0 1rem; display: block; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
.span button { font-size: .875rem; padding: .05rem .6rem; margin-left: .5rem; }
.span [hidden] { display: none; }
section > :last-child { margin-bottom: 0; }
table code { font-size: .875rem; }
.reason { min-width: 16rem; overflow-wrap: anywhere; }
)css";

// Text of the server's making is put into the document as nodes that the browser's own parser has
// made; the page's policy lets no script in them run.
constexpr std::string_view script = R"js('use strict';
(() => {
  const told = document.getElementById('updates');
  const button = document.createElement('button');
  button.type = 'button';
  told.after(button);
  let source = null;
  let again = 0;

  const tell = (text) => { if (told.textContent !== text) told.textContent = text; };

  const show = (text) => {
    const made = new DOMParser().parseFromString(text, 'text/html');
    for (const fresh of made.querySelectorAll('[data-live]')) {
      const here = document.getElementById(fresh.id);
      if (!here) continue;
      if (here.className !== fresh.className) here.className = fresh.className;
      if (here.innerHTML === fresh.innerHTML) continue;
      const focused = here.contains(document.activeElement) ? document.activeElement.id : '';
      here.replaceChildren(...fresh.childNodes);
      if (focused) document.getElementById(focused)?.focus();
    }
    document.title = 'conductor-workerd: ' + document.getElementById('state').textContent;
  };

  const stop = () => {
    clearTimeout(again);
    source?.close();
    source = null;
    button.textContent = 'Keep it fresh';
    tell('It stands still.');
  };

  const start = () => {
    button.textContent = 'Hold it still';
    source = new EventSource('/events/page');
    source.onopen = () => tell('It keeps itself fresh.');
    source.onmessage = (event) => show(event.data);
    source.onerror = () => {
      tell('The daemon does not answer; reload the page, or wait.');
      if (source.readyState === EventSource.CLOSED) again = setTimeout(start, 10000);
    };
  };

  button.addEventListener('click', () => (source ? stop() : start()));
  start();
})();
)js";

}  // namespace

std::string page_frame::drawn() const {
    workers::report::markup made{
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n<title>"};
    made.add(title).raw(
        "</title>\n<link rel=\"icon\" href=\"data:,\">\n"
        "<link rel=\"stylesheet\" href=\"/page.css\">\n");
    if (has_script) made.raw("<script src=\"/page.js\" defer></script>\n");
    made.raw(
        "</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the content</a>\n"
        "<header>\n<h1>conductor-workerd</h1>\n");
    made.add(lead).raw("</header>\n<main id=\"main\" tabindex=\"-1\">\n").add(main);
    return made.raw("</main>\n</body>\n</html>\n").str();
}

std::string page_style() {
    return std::string{workers::report::style_sheet()} + std::string{own_style};
}

std::string_view page_script() { return script; }

}  // namespace conductor::daemon
