// The policy desk: what gumlib hands the page (gumlib/desk/page.py), and `gumDesk`, the one name its scripts share.
// For tests and for those who want to compute more, each script leaves what it defines there.
window.gumDesk = {facts: JSON.parse(document.getElementById("gum-desk-facts").textContent)};
