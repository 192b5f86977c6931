"""How a page about a question looks, on a screen and on paper, besides the style of reports."""

STYLE = """
:root { color-scheme: light; }
html { -webkit-text-size-adjust: 100%; }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
body { margin: 0 auto; padding: 1.2rem clamp(.8rem, 3vw, 2.5rem) 4rem; max-width: 78rem;
  background: #fff; color: #222; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: .5rem; background: #fff; padding: .3rem .6rem; z-index: 1; }
.quledger { font-size: 1rem; }
#growth td code, #question h2 + .wide tr:first-child code {
  font: .95em/1.4 ui-monospace, monospace; }
.quledger h1 { font-size: 1.7rem; line-height: 1.25; margin: .2rem 0 .6rem; }
.quledger h2 { font-size: 1.35rem; margin: 2.4rem 0 .5rem; padding-top: .6rem;
  border-top: 1px solid #d1d5db; }
.quledger h3 { font-size: 1.1rem; margin: 1.4rem 0 .3rem; }
.quledger h4 { font-size: 1rem; margin: 1rem 0 .2rem; }
.quledger h1, .quledger h2, .quledger h3, .quledger h4, .quledger p, .quledger li {
  overflow-wrap: anywhere; }
.quledger p { max-width: 46rem; margin: .4rem 0; }
.quledger nav ol { margin: .3rem 0 1rem; padding-left: 1.4rem; columns: 15rem auto; }
.quledger a { color: #005a8c; }
.quledger a:focus-visible, .quledger summary:focus-visible, .wide:focus-visible,
  .picture:focus-visible { outline: 3px solid #d55e00; outline-offset: 2px; }
.quledger .picture { overflow-x: auto; margin: .6rem 0; }
.quledger .picture svg { display: block; max-width: 100%; height: auto; }
.quledger .witness { overflow-x: auto; margin: .2rem 0 .6rem 1rem; font-size: .9em; }
.quledger .witness p { max-width: none; margin: .15rem 0; }
.quledger details { margin: .5rem 0; }
.quledger summary { cursor: pointer; color: #5b6470; }
.quledger footer { margin-top: 3rem; color: #5b6470; }
@media (max-width: 40rem) {
  .quledger { font-size: .95rem; }
  .quledger th, .quledger td { padding-right: .5rem; }
}
@media print {
  @page { margin: 16mm 14mm; }
  body { padding: 0; max-width: none; }
  .quledger { font-size: 9.5pt; max-width: none; }
  .quledger .wide, .quledger .picture, .quledger .witness { overflow: visible; }
  .quledger .witness { columns: 2; column-gap: 8mm; font-size: 7.5pt; line-height: 1.3; }
  .quledger .picture svg { min-width: 0 !important; max-height: 235mm; }
  .quledger h2, .quledger h3, .quledger h4, .quledger summary { break-after: avoid; }
  .quledger tr, .quledger .picture { break-inside: avoid; }
  .quledger a { color: inherit; text-decoration: none; }
  .quledger details::details-content { content-visibility: visible; block-size: auto; }
  .skip { display: none; }
}
"""
