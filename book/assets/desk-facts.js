// The policy desk: what the page is handed (book/extension/gumbook/deskfacts.py), and `gumDesk`, the one name its scripts share.
// For tests and for those who want to compute more, each script leaves what it defines there.
window.gumDesk = {facts: JSON.parse(document.getElementById("gum-desk-facts").textContent)};
