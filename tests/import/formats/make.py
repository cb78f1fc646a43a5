#!/usr/bin/env python3
"""Makes one plan in every format that the importer reads: a chore, run where its tools are installed.

It needs python-docx and WeasyPrint (PyPI), LibreOffice and Chromium, and a font for Chinese. The files are
committed; the tests read them and find the same plan in each.
"""

import html
import subprocess
import tempfile
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

HERE = Path(__file__).parent
NAME = "示例市2027年优化营商环境重点工作任务分工方案"
# Each paragraph with its place on the page: t centred in large type, p indented, r set to the right.
TEXT = [
    ("t", f"示例市人民政府办公室关于印发{NAME}的通知"),
    ("p", "示政办发〔2027〕12号"),
    ("p", "各区人民政府，市政府各部门："),
    ("p", f"《{NAME}》已经市政府同意，现印发给你们，请认真贯彻落实。"),
    ("r", "示例市人民政府办公室"),
    ("r", "2027年2月8日"),
    ("t", NAME),
    ("p", "为贯彻落实全市优化营商环境大会精神，进一步激发经营主体活力，结合我市实际，制定本方案。"),
    ("p", "一、提升政务服务"),
    ("p", "（一）推进一窗受理。整合综合窗口，实现企业开办、变更、注销等事项一窗受理、一次办结，2027年6月底前覆盖全部政务服务大厅。（市政务局牵头，各区政府配合）"),
    ("p", "（二）压减办理时限。将不动产登记办理时限压减至3个工作日以内，对小微企业免收登记费，建立容缺受理机制并公布清单。（市自然资源局、市税务局负责，2027年9月底前完成）"),
    ("p", "二、强化要素保障"),
    ("p", "（三）扩大融资规模。新增普惠小微贷款50亿元以上，建设首贷服务中心，定期组织银企对接活动，切实缓解企业融资难、融资贵问题。（市金融局牵头，人民银行示例市分行配合；持续推进）"),
    ("p", "（四）降低用能成本。落实工业用电、用水、用气价格政策，清理规范转供电环节不合理加价，年底前完成全市商业综合体检查。（市发展改革委、市市场监管局按职责分工负责）"),
    ("p", "三、优化法治环境"),
    ("p", "（五）规范涉企执法。推行“综合查一次”，制定联合检查计划，严禁随意检查、重复检查，每季度公布检查结果，接受社会监督。（市司法局牵头，各执法部门配合）"),
    ("p", "（六）保护知识产权。建立重点企业保护名录，开展专项行动，到2027年底，知识产权纠纷调解组织覆盖所有园区。（市市场监管局负责）"),
]
ROWS = [
    ["序号", "任务", "责任单位", "完成时限"],
    ["1", "公布办事指南，列明全部材料、时限和收费标准，并在政务服务网同步更新。", "市政务局", "2027年3月底"],
    ["2", "合并审批事项，减少重复提交的材料，推进电子证照在各部门之间互认共享。", "市政务局、市司法局", "2027年9月底"],
    ["3", "开设专窗，为重点项目提供帮办代办服务。", "各区政府", "持续推进"],
]
STYLE = """
body { font-family: 'Noto Serif CJK SC'; font-size: 16pt; line-height: 1.6 }
.t { text-align: center; font-size: 22pt } .r { text-align: right } .p { text-indent: 2em; margin: 0 }
table { border-collapse: collapse; width: 100% } td { border: 1px solid; font-size: 12pt }
@page { size: A4; margin: 3.5cm 2.7cm }
"""


def page(lines, rows, around=("", "")):
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    body = "".join(f"<p class={kind}>{html.escape(text)}</p>" for kind, text in lines)
    body += f"<table>{table}</table>" if rows else ""
    head = f"<meta charset=utf-8><title>{NAME}_示例市政府</title><style>{STYLE}</style>"
    return f"<!DOCTYPE html>\n<html><head>{head}</head><body>{around[0]}{body}{around[1]}</body></html>\n"


def docx(lines, rows, path):
    document = Document()
    for kind, text in lines:
        paragraph = document.add_paragraph()
        paragraph.add_run(text).font.size = Pt(22 if kind == "t" else 16)
        if kind == "t":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif kind == "r":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        else:
            paragraph.paragraph_format.first_line_indent = Pt(32)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        table.style = "Table Grid"
        for row in rows:
            for cell, text in zip(table.add_row().cells, row):
                cell.text = text
    document.save(path)


def make(name, lines, rows):
    folder = HERE / name
    folder.mkdir(exist_ok=True)
    tabbed = "".join("\t".join(row) + "\n" for row in rows)
    (folder / "plan.txt").write_text("".join(text + "\n" for _, text in lines) + tabbed, encoding="utf8")
    menu = "<div class=nav><a href=/>首页</a> <a href=/x>政务公开</a></div><div id=zoom>"
    foot = "</div><div class=footer>版权所有</div>"
    (folder / "plan.html").write_text(page(lines, rows, (menu, foot)), encoding="utf8")
    docx(lines, rows, folder / "plan.docx")
    with tempfile.TemporaryDirectory() as scratch:
        printed = Path(scratch, "print.html")
        printed.write_text(page(lines, rows), encoding="utf8")
        chromium = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={scratch}/profile",
                    "--no-pdf-header-footer", f"--print-to-pdf={folder}/chromium.pdf", printed.as_uri()]
        office = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", scratch, folder / "plan.docx"]
        for command in (chromium, office, ["weasyprint", printed, folder / "weasyprint.pdf"]):
            subprocess.run(command, check=True, capture_output=True)
        (folder / "libreoffice.pdf").write_bytes(Path(scratch, "plan.pdf").read_bytes())


make("text", TEXT, [])
make("table", TEXT[:8], ROWS)
