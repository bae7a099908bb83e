// SPDX-License-Identifier: Apache-2.0
#include "evaluation/report_parts.hpp"

namespace hangil::evaluation {

const char* const kReportStyle = R"css(
:root{--bg:#f4f6f8;--panel:#fff;--ink:#17212b;--soft:#5b6977;--line:#dde3e9;--track:#e9edf1;--accent:#0b7a53;--good:#0b7a53;
--warn:#a15c00;--bad:#c0272d;--c0:#2f6fde;--c1:#0f9d8f;--c2:#8a56d6;--c3:#d97a1e;--c4:#cf3d72;--c5:#5c8f1d;--c6:#3a8fb7;
--c7:#a5562f;--c8:#6b7785;--c9:#b7950b;color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--bg:#0b0f14;--panel:#131a22;--ink:#e4ebf2;--soft:#8d9aa8;--line:#233040;
--track:#1d2732;--accent:#3ddc97;--good:#3ddc97;--warn:#ffb020;--bad:#ff6b6b;--c0:#5b9bff;--c1:#2dd4bf;--c2:#b48cff;
--c3:#ffa24d;--c4:#ff7bac;--c5:#9bd24a;--c6:#67c1e8;--c7:#d99070;--c8:#94a3b3;--c9:#e6c84a}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:3.5rem}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
font-variant-numeric:tabular-nums}
main,header .inner,nav .inner{max-width:1320px;margin:0 auto;padding:0 24px}
header{padding:34px 0 22px}
header .brand{color:var(--accent);font-weight:650;letter-spacing:.09em;text-transform:uppercase;font-size:12px}
h1{font-size:30px;line-height:1.2;margin:.15em 0 .3em;font-weight:680;letter-spacing:-.01em;overflow-wrap:anywhere}
h2{font-size:21px;margin:46px 0 4px;font-weight:650;letter-spacing:-.01em}
h2+p{color:var(--soft);margin:0 0 14px;max-width:78ch}
h3{font-size:14px;margin:0 0 10px;font-weight:600}
.facts{display:flex;flex-wrap:wrap;gap:6px 26px;margin:12px 0 0;padding:0;list-style:none;color:var(--soft)}
.facts b{color:var(--ink);font-weight:600}
code,.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.92em}
nav{position:sticky;top:0;z-index:5;background:color-mix(in srgb,var(--bg) 88%,transparent);backdrop-filter:blur(8px);
border-bottom:1px solid var(--line)}
nav .inner{display:flex;gap:20px;overflow-x:auto}
nav a{color:var(--soft);text-decoration:none;padding:10px 0;font-size:14px;white-space:nowrap}
nav a:hover{color:var(--ink)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(250px,1fr));gap:12px;margin:22px 0 0}
.tile,.panel{background:var(--panel);border:1px solid var(--line);border-radius:10px}
.tile{padding:14px 16px 12px;border-top:3px solid var(--line)}
.tile.good{border-top-color:var(--good)}.tile.warn{border-top-color:var(--warn)}.tile.bad{border-top-color:var(--bad)}
.tile .name{font-size:12.5px;color:var(--soft)}
.tile .value{font-size:27px;font-weight:660;letter-spacing:-.02em;line-height:1.25}
.tile .value small{font-size:14px;font-weight:500;color:var(--soft);letter-spacing:0;margin-left:.2em}
.tile .more{font-size:12.5px;color:var(--soft)}
.tile.none .value{color:var(--soft);font-weight:400}
.panel{padding:16px 18px;margin:12px 0;overflow-x:auto}
.columns{columns:2 540px;column-gap:12px}
.columns .panel{margin:0 0 12px;break-inside:avoid}
table{border-collapse:collapse;width:100%;font-size:13.5px}
th{font-weight:550;color:var(--soft);text-align:right;padding:3px 10px 6px;border-bottom:1px solid var(--line);white-space:nowrap}
td{text-align:right;padding:4px 10px;border-bottom:1px solid color-mix(in srgb,var(--line) 55%,transparent);white-space:nowrap}
tr:last-child td{border-bottom:0}
th.l,td.l{text-align:left;white-space:normal}
th:first-child,td:first-child{padding-left:2px}
td.pct{background:linear-gradient(90deg,color-mix(in srgb,var(--c0) 22%,transparent) calc(var(--p)*1%),transparent 0) no-repeat 6px 5px/calc(100% - 12px) calc(100% - 10px)}
td.name{white-space:nowrap!important}
.note{color:var(--soft);font-size:12.5px;margin:8px 0 0;max-width:100ch}
.missing{color:var(--soft);background:var(--panel);border:1px dashed var(--line);border-radius:10px;padding:14px 18px;margin:12px 0}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(330px,1fr));gap:14px}
figure{margin:0;background:var(--panel);border:1px solid var(--line);border-radius:10px;overflow:hidden}
figure .shot{display:block;background:#0d1117;cursor:zoom-in}
figure svg,figure img{display:block;width:100%;height:auto}
figcaption{padding:10px 14px 12px;font-size:13.5px}
figcaption .no{display:inline-block;min-width:1.7em;text-align:center;border-radius:5px;background:var(--ink);color:var(--panel);
font-weight:600;margin-right:.6em}
figcaption .at{color:var(--soft);float:right}
.zoom{position:fixed!important;inset:0;z-index:20;margin:0;border-radius:0;border:0;background:#0d1117;display:flex;
flex-direction:column;align-items:center;justify-content:center;gap:8px}
.zoom .shot{cursor:zoom-out;display:flex;flex-wrap:wrap;justify-content:center;align-items:center;gap:8px;min-height:0}
.zoom svg{height:90vh;width:auto;max-width:96vw}.zoom img{max-height:90vh;max-width:55vw;width:auto}
.zoom figcaption{color:#e4ebf2;width:min(900px,94vw)}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;font-size:12.5px;color:var(--soft);margin:12px 0 0;padding:0;list-style:none}
.legend svg{vertical-align:-2px;margin-right:6px}
svg text{font-family:inherit}
svg.chart{display:block;width:100%;height:auto}
.chart text{fill:var(--soft);font-size:11.5px}
.chart .axis{stroke:var(--line);stroke-width:1}
.chart .limit{stroke:var(--bad);stroke-width:1.3;stroke-dasharray:5 4}
.chart .mark{stroke:var(--soft);stroke-dasharray:2 3}.chart circle.flag{fill:var(--ink)}
.chart text.flag{fill:var(--panel);font-weight:600;text-anchor:middle}
.chart .driven,.chart .commanded{fill:none;stroke:var(--c0);stroke-width:2.4;stroke-linejoin:round}
.chart .commanded{stroke:var(--c3);stroke-width:1.8;stroke-dasharray:6 3}
.keys{display:flex;flex-wrap:wrap;gap:2px 16px;font-size:12.5px;color:var(--soft);margin:6px 0 0}
.keys i{display:inline-block;width:10px;height:10px;border-radius:2px;margin-right:6px;vertical-align:-1px}
.m0{fill:var(--c0);background:var(--c0)}.m1{fill:var(--c1);background:var(--c1)}.m2{fill:var(--c2);background:var(--c2)}
.m3{fill:var(--c3);background:var(--c3)}.m4{fill:var(--c4);background:var(--c4)}.m5{fill:var(--c5);background:var(--c5)}
.m6{fill:var(--c6);background:var(--c6)}.m7{fill:var(--c7);background:var(--c7)}.m8{fill:var(--c8);background:var(--c8)}
.m9{fill:var(--c9);background:var(--c9)}
.before{fill:var(--track);background:var(--track)}
.bar{min-width:130px;width:26%}
.bar svg{display:block;width:100%;height:16px}
.bar rect.rail{fill:var(--track)}.bar .limit{stroke:var(--bad);stroke-width:2}
.graph .box{fill:var(--panel);stroke:var(--soft);stroke-width:1.2}
.graph .source{fill:var(--track);stroke:none}
.graph .out{stroke-dasharray:4 3;stroke:var(--bad)}
.graph .edge{fill:none;stroke:var(--soft);stroke-width:1.3;opacity:.55}
.graph .edge:hover{opacity:1;stroke:var(--accent);stroke-width:2.5}
.graph text{fill:var(--ink);font-size:12.8px}.graph .minor{fill:var(--soft);font-size:12px}
details{margin:12px 0}summary{cursor:pointer;color:var(--soft)}
pre{background:var(--panel);border:1px solid var(--line);border-radius:10px;padding:14px 16px;overflow:auto;font-size:12.5px;max-height:520px}
ul.notes{color:var(--soft);max-width:92ch;padding-left:20px}
footer{color:var(--soft);font-size:12.5px;padding:34px 0 60px}
@media (max-width:560px){.figures{grid-template-columns:1fr}h1{font-size:24px}main,header .inner,nav .inner{padding:0 14px}
.tiles{grid-template-columns:1fr 1fr;gap:8px}.tile{padding:10px 12px}.tile .value{font-size:22px}.panel{padding:12px}
.panel svg.chart,.panel svg.graph{width:760px;max-width:none}.columns{columns:1}
table{border-collapse:separate;border-spacing:0}td:first-child,th:first-child{position:sticky;left:-12px;background:var(--panel);padding-left:12px}
td.l,th.l{min-width:7.5em}th.wide{white-space:nowrap}}
@media print{nav{display:none}body{background:#fff}figure,.panel,.tile{break-inside:avoid}}
)css";

const char* const kReportScript = R"js(
document.querySelectorAll('figure .shot').forEach(function(shot){shot.addEventListener('click',function(){
shot.parentElement.classList.toggle('zoom')})});
document.addEventListener('keydown',function(event){if(event.key!=='Escape')return;
document.querySelectorAll('.zoom').forEach(function(open){open.classList.remove('zoom')})});
)js";

}  // namespace hangil::evaluation
