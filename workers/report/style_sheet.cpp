#include <report/style_sheet.hpp>

namespace conductor::workers::report {
namespace {

constexpr std::string_view sheet = R"css(
:root {
  color-scheme: light dark;
  --page: #f6f8fa; --card: #ffffff; --ink: #1f2328; --soft: #59636e; --rule: #d1d9e0;
  --link: #0b57b0;
  --h0: transparent; --h1: #eaf3fc; --h2: #d5e6f9; --h3: #bfdaf6; --h4: #a9cdf3; --h5: #93c1f0;
  --c0: #0b66c3; --c1: #c2410c; --c2: #15803d; --c3: #7e22ce;
  --c4: #a16207; --c5: #be185d; --c6: #0e7490; --c7: #59636e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1117; --card: #151b23; --ink: #f0f6fc; --soft: #a5afba; --rule: #3d444d;
    --link: #79b8ff;
    --h1: #13294a; --h2: #16335c; --h3: #1a3d6f; --h4: #1e4883; --h5: #225397;
    --c0: #58a6ff; --c1: #ff8f5a; --c2: #4ade80; --c3: #c893fd;
    --c4: #eac54f; --c5: #f778ba; --c6: #39d0e6; --c7: #a5afba;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: auto; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
}
header, main, footer { max-width: 80rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2rem; }
main:focus { outline: none; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 0 0 1rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--c0); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--card); z-index: 1; }
.span, .note, .share, .faint, footer, caption, figcaption { color: var(--soft); }
.span { margin: .5rem 0 0; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0;
  padding: 0; }
section {
  background: var(--card); border: 1px solid var(--rule); border-radius: .75rem;
  padding: 1.25rem 1.5rem; margin: 0 0 1.25rem;
}
p.note { margin: 0 0 1rem; max-width: 60rem; }
.headlines { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr));
  gap: 1rem; margin: 0 0 1.5rem; }
.headlines > div { border-left: 4px solid var(--c0); padding-left: .9rem; }
.headlines dt { color: var(--soft); }
.headlines dd { margin: 0; }
.headlines .large { display: block; font-size: 2rem; line-height: 1.2; font-weight: 650;
  font-variant-numeric: tabular-nums; }
.headlines .note, .share { font-size: .875rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr));
  gap: 1.25rem; align-items: start; }
figure { margin: 0; min-width: 0; }
figcaption, caption { font-weight: 600; text-align: left; padding: 0 0 .4rem; }
.scroll { overflow: auto; min-width: 0; margin: 0 0 1rem; }
.scroll:last-child { margin-bottom: 0; }
.long { max-height: 30rem; border: 1px solid var(--rule); border-radius: .4rem; }
.long caption { padding: .5rem .75rem; }
.drawing svg { display: block; width: 100%; min-width: 30rem; height: auto; }
.drawing { margin: 0; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .4rem .75rem; border-bottom: 1px solid var(--rule);
  vertical-align: top; }
thead th { background: var(--card); font-weight: 600; vertical-align: bottom; }
.long thead { position: sticky; top: 0; }
tbody th { font-weight: 500; min-width: 9rem; }
tfoot th, tfoot td { font-weight: 650; border-bottom: 0; }
.long tbody tr:last-child > * { border-bottom: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
td.number, time { white-space: nowrap; }
bdi { overflow-wrap: anywhere; }
table bdi { overflow-wrap: break-word; }
.self { font-weight: 650; background: var(--page); }
.heat1 { background: var(--h1); } .heat2 { background: var(--h2); }
.heat3 { background: var(--h3); }
.heat4 { background: var(--h4); } .heat5 { background: var(--h5); }
[class*="heat"] .share { color: inherit; }
.share { display: inline-block; min-width: 3.2em; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.5rem;
  margin: .75rem 0; padding: 0; }
.legend li { display: flex; align-items: center; gap: .5rem; min-width: 0; }
.legend svg { width: 28px; height: 12px; flex: none; }
summary { cursor: pointer; color: var(--link); padding: .25rem 0; }
footer { padding-bottom: 2rem; font-size: .875rem; }
footer p { margin: 0 0 .4rem; }
svg text { fill: var(--soft); font-size: 12px; font-family: inherit; }
svg .value { text-anchor: end; } svg .time, svg .name { text-anchor: middle; }
.grid, .tick, .base { fill: none; stroke: var(--rule); stroke-width: 1; }
.base, .tick { stroke: var(--soft); }
.line { fill: none; stroke: var(--series); stroke-width: 2.25; stroke-linejoin: round;
  stroke-linecap: butt; }
.fill { fill: var(--series); }
.area { fill: var(--series); opacity: .14; }
.fields rect { fill: transparent; }
.fields rect:hover { fill: var(--soft); fill-opacity: .14; }
.c0 { --series: var(--c0); } .c1 { --series: var(--c1); } .c2 { --series: var(--c2); }
.c3 { --series: var(--c3); }
.c4 { --series: var(--c4); } .c5 { --series: var(--c5); } .c6 { --series: var(--c6); }
.c7 { --series: var(--c7); }
.c1.line { stroke-dasharray: 9 3; } .c2.line { stroke-dasharray: 3 2; }
.c3.line { stroke-dasharray: 12 3 3 3; }
.c4.line { stroke-dasharray: 6 4; } .c5.line { stroke-dasharray: 2 4; }
.c6.line { stroke-dasharray: 14 4; }
.c7.line { stroke-dasharray: 4 2 1 2; }
@media print {
  nav, .skip { display: none; } .long { max-height: none; } section { break-inside: avoid-page; }
}
@media (max-width: 40rem) { header, main, footer { padding-left: .75rem; padding-right: .75rem;
  } section { padding: 1rem; } }
)css";

}  // namespace

std::string_view style_sheet() { return sheet; }

}  // namespace conductor::workers::report
