#!/usr/bin/env python3
"""Makes the two attachments of the demonstration site:  python3 attachments.py

Needs PyPI fpdf2 and python-docx, and DejaVu Sans (Debian fonts-dejavu-core). The files are committed; run it
again only to change them.
"""

from pathlib import Path

from docx import Document
from fpdf import FPDF

HERE = Path(__file__).parent
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"

pdf = FPDF()
pdf.set_title("Profil města Telavi")
pdf.add_page()
pdf.add_font("DejaVu", fname=FONT)
pdf.set_font("DejaVu", size=16)
pdf.multi_cell(0, 10, "Profil města Telavi", new_x="LMARGIN", new_y="NEXT")
pdf.set_font("DejaVu", size=11)
for line in [
    "Telavi je středisko Kachetie, nejznámější vinařské oblasti Gruzie. Hlavní náměstí lemují domy s dřevěnými balkony.",
    "Ve městě působí vinařská škola, která každý rok přijímá čtyřicet žáků a hledá možnosti praxe v zahraničí.",
    "Zvláštní zájem má radnice o značení vinných stezek, ochranu viničních tratí a o qvevri, hliněné nádoby na víno.",
]:
    pdf.multi_cell(0, 7, line, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(3)
pdf.output(str(HERE / "profil-telavi.pdf"))

doc = Document()
doc.add_heading("Seznam obcí, které hledají partnera", 1)
doc.add_paragraph("Agentura pro rozvoj Zakarpatí, jaro 2019. Údaje poskytly samy obce.")
table = doc.add_table(rows=1, cols=3)
for cell, text in zip(table.rows[0].cells, ("Obec", "Obyvatel", "Zájem o spolupráci")):
    cell.text = text
for row in [
    ("Chust", "28 500", "školství, cestovní ruch"),
    ("Koločava", "4 200", "muzeum v přírodě, agroturistika"),
    ("Vynohradiv", "25 400", "vinařství, odpadové hospodářství"),
    ("Rachiv", "15 500", "horská turistika, ochrana přírody"),
]:
    for cell, text in zip(table.add_row().cells, row):
        cell.text = text
doc.save(str(HERE / "seznam-obci.docx"))
