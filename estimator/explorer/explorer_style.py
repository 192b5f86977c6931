"""How a page to explore looks."""

STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; padding: 1.2rem clamp(.8rem, 3vw, 2.5rem) 4rem; max-width: 90rem;
  background: #fff; color: #222; font: 14px/1.45 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: .2rem 0 .6rem; }
h2 { font-size: 1.25rem; margin: 1.2rem 0 .5rem; }
h1, h2, p, li, td { overflow-wrap: anywhere; }
th { overflow-wrap: break-word; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: .5rem; background: #fff; padding: .3rem .6rem; z-index: 1; }
main { display: grid; gap: 0 2.5rem; grid-template-columns: minmax(0, 1fr); }
section { min-width: 0; }
table { border-collapse: collapse; margin: .3rem 0; }
th, td { text-align: left; vertical-align: top; padding: .15rem .8rem .15rem 0; font-weight: 400; }
thead th { color: #5b626d; font-weight: 600; border-bottom: 1px solid #d1d5db; }
th.group { font-weight: 600; padding-top: .7rem; }
td.value { font: .95em/1.4 ui-monospace, monospace; text-align: right; }
td.short { white-space: nowrap; }
td.about::before { content: "about "; }
td.quiet, footer { color: #5b626d; }
.swatch { display: inline-block; width: 1.8rem; border-top: 3px solid; margin-right: .5rem;
  vertical-align: middle; }
.wide { overflow-x: auto; }
code { font: .95em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
#problem { color: #b3261e; font-weight: 600; }
summary { cursor: pointer; color: #5b626d; }
a:focus-visible, summary:focus-visible, .wide:focus-visible {
  outline: 3px solid #d55e00; outline-offset: 2px; }
footer { margin-top: 3rem; }
@media (min-width: 60rem) {
  main { grid-template-columns: minmax(0, 22rem) minmax(0, 1fr); }
  #settings { grid-row: 1 / span 3; }
}
@media print {
  .skip { display: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
"""
