"""Writes features.ipynb, everything that a notebook may ask of the PDF; run by hand, the outputs stay in the file.

python tests/notebooks/make_features.py
"""

from __future__ import annotations

import base64
import io
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

# what great-tables 0.21 writes for a table with title, spanner, stub and source note, styles taken out
GREAT_TABLE = """\
<div><style>.gt_table {color: red}</style>
<table class="gt_table"><thead>
<tr class="gt_heading"><td colspan="3" class="gt_heading gt_title" id="title">Trade of two towns</td></tr>
<tr class="gt_heading"><td colspan="3" class="gt_heading gt_subtitle">billion yuan</td></tr>
<tr class="gt_col_headings gt_spanner_row">
<th class="gt_col_heading gt_left" rowspan="2" colspan="1" scope="col"></th>
<th class="gt_center gt_column_spanner_outer" rowspan="1" colspan="2" scope="colgroup" id="Year">
<span class="gt_column_spanner">Year</span></th></tr>
<tr class="gt_col_headings">
<th class="gt_col_heading gt_right" rowspan="1" colspan="1" scope="col" id="2023">2023</th>
<th class="gt_col_heading gt_right" rowspan="1" colspan="1" scope="col" id="2024">2024</th></tr></thead>
<tbody class="gt_table_body">
<tr><th scope="row" id="stub-1" class="gt_row gt_left gt_stub">Jianning</th>
<td class="gt_row gt_right">12.5</td><td class="gt_row gt_right">13.1</td></tr>
<tr><th scope="row" id="stub-2" class="gt_row gt_left gt_stub">Hetang</th>
<td class="gt_row gt_right">7.25</td><td class="gt_row gt_right">8.0</td></tr></tbody>
<tfoot><tr class="gt_sourcenotes"><td class="gt_sourcenote" colspan="3">
<span class="gt_from_md">Source: made up.</span></td></tr></tfoot></table></div>
"""

MARKDOWN_ODD = (
    "### A notebook that begins at level three\n\nThe first heading of level one comes later and is the title."
)
MARKDOWN_TITLE = "# Everything a notebook may hold 笔记本的全部功能"
MARKDOWN_ZH = """\
## 中文段落

2019年，全区服饰产业技工贸收入[超过808亿元](#E1 "株洲日报")。到2025年达到
[1000亿元](#E2)，所需年均增速[低于3.7%](#E3)即可说明。
这里的**“引号”**后面和**产值（亿元）**增长都应当是粗体，*强调*则换一种字体，
软换行之间没有空格。价格 $5 与 $10 不是公式；
公式是 $x_{收入} < y^2$ 这样的。

1. 第一项
2. 第二项
   - 下一层，引用脚注[^来源]
     - 再下一层
"""
MARKDOWN_EN = """\
## English paragraphs

In 2019 the apparel chain had revenue of [over 80.8 billion yuan](#E1 "Zhuzhou Daily"). To reach
[100 billion yuan](#E2) by 2025, the growth needed is [under 3.7% a year](#E3). The price of $5 and $10 is no formula,
$x < y^2$ is one. “Quotation marks” are Latin, and <span lang="zh">芦淞区</span> is Chinese.

1. first
2. second
   - below, with a footnote[^source]
     - further below

[^source]: A footnote with *emphasis* and a [link](https://example.org/a).
"""
MARKDOWN_ZH_NOTE = "\n[^来源]: 脚注，带有*强调*和[链接](https://example.org/a)。\n"
MARKDOWN_JUMP = """\
##### A jump from level two to level five

The next heading is of level three again.

### Level three

> A quotation of two paragraphs.
>
> The second one.

- [x] done
- [ ] to do

Term
: What it means.

Another term
: What that means.

---

```python
def code(is_kept):
    return "as it is: # $ * _ @ \\\\ \\" --"
```

Inline: `code`, H<sub>2</sub>O, m<sup>2</sup>, <b>bold</b>, <em>emphasis</em>,
~~struck~~, one<br>two, <!-- nothing --> & < > # $ * _ @ [ ].
A [link to a heading](#Level-three), a [link to the title](<#Everything a notebook may hold 笔记本的全部功能>) and
a [link to nowhere](#nowhere).
Here stands an anchor, <a id="inline-anchor">just here</a>, and a [link to it](#inline-anchor).
"""
MARKDOWN_TABLES = """\
<a id="tables"></a>
## Tables

| left | right | centre |
|------|------:|:------:|
| text | 1.25 | `x-y` |
| [link](#E2) | 1000 | **b** |

<table>
<caption>A table in HTML, see <a href="#E1">E1</a></caption>
<thead><tr><th>No.</th><th>Words printed</th><th>Value</th></tr></thead>
<tbody>
<tr><td><a id="E1"></a></td><td><span lang="zh">超过808亿元</span></td><td>over 80.8 billion yuan</td></tr>
<tr><td><a id="E2">E2</a></td><td rowspan="2">two rows<br>of words</td><td>100 billion yuan</td></tr>
<tr><td><a id="E3"></a></td><td>(target / revenue) ** (1 / years) − 1,
see <a href="#E1">E1</a> and <a href="#E2">E2</a></td></tr>
<tr><td colspan="3">three columns, H<sub>2</sub>O</td></tr>
</tbody></table>

[Back to the tables](#tables)

$$
\\sum_{i=1}^{n} s_i^2 \\le \\frac{1}{n} \\text{ 元}
$$

![A blue and a brick square](attachment:squares.png)

Text with ![a small square](attachment:squares.png) a picture in the line.
"""

CODE_SETUP = """\
import io
import sys

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from IPython.display import HTML, Image, Latex, Markdown, display
from matplotlib import font_manager

from lusong_analysis.pdf import press

for file in sorted((press.HERE / "fonts").glob("*.ttf")):
    font_manager.fontManager.addfont(file)
"""
CODE_STREAMS = """\
print("\\x1b[31mred\\x1b[0m, \\x1b[1;32mgreen bold\\x1b[0m and plain 中文")
print("a long line " * 20)
print("x" * 300)
for done in range(3):
    print(f"\\r{done * 50}% █", end="")
print()
print("a warning", file=sys.stderr)
"""
CODE_ERROR = """\
divide = [lambda number: number / 0][0]
divide(1)
"""
CODE_PANDAS = """\
pd.DataFrame({"town": ["Jianning", "Hetang", "Lusong"], "revenue": [12.5, 1000.25, -3], "share": ["1%", "20%", "–"]})
"""
CODE_MULTI = """\
columns = pd.MultiIndex.from_product([["2023", "2024"], ["plan", "actual"]], names=["year", "kind"])
pd.DataFrame(np.arange(8).reshape(2, 4) / 4, index=pd.Index(["cloth", "leather"], name="material"), columns=columns)
"""
CODE_DESCRIBE = """\
pd.DataFrame({"a": range(9), "b": [x / 7 for x in range(9)]}).describe().round(2)
"""
CODE_LONG = """\
long = pd.DataFrame({"market": [f"market {n} 市场" for n in range(70)], "stalls": range(100, 170)})
display(HTML(long.to_html(index=False)), metadata={"note": "A **note** under the table, see [E1](#E1)."})
"""
CODE_PNG = """\
figure, axes = plt.subplots(figsize=(4, 2))
axes.plot([1, 3, 2])
buffer = io.BytesIO()
figure.savefig(buffer, dpi=100)
plt.close(figure)
display(Image(buffer.getvalue()))
"""
CODE_SVG = """\
with plt.rc_context({"svg.fonttype": "none", "svg.hashsalt": "features", "font.family": "Noto Sans SC"}):
    figure, axes = plt.subplots(figsize=(5, 2), layout="constrained")
    axes.bar(["2019年", "2020年"], [8, 10])
    axes.set_title("图中文字 text kept as text")
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    plt.close(figure)
display(
    {"image/svg+xml": buffer.getvalue(), "text/plain": "bars"},
    raw=True,
    metadata={
        "image/svg+xml": {"alt": "Two bars, the second one is higher."},
        "caption": 'Growth to [1000亿元](#E2 "target") 增长',
        "note": "Source: [E1](#E1).",
        "block": "chart",
    },
)
"""
CODE_JPEG = """\
buffer = io.BytesIO()
plt.imsave(buffer, np.linspace(0, 1, 1200).reshape(20, 60), format="jpeg")
display(Image(buffer.getvalue(), format="jpeg", width=240), metadata={"alt": "From dark to light."})
"""
CODE_OTHERS = """\
display(Latex(r"$$E = mc^2$$"))
display(Markdown("Markdown from **code**, with a [link](#E3) and `$5`."))
display({"text/x-typst": "Typst from code: #strong[bold] & #emph[more].", "text/plain": "typst"}, raw=True)
display(HTML("<p>HTML without a table.</p>"))
display(np.arange(40))
"""
CODE_EVIDENCE = """\
display(
    {"application/vnd.example+json": {"b": [1, 2], "a": "超过808亿元"}, "text/plain": ""},
    raw=True,
    metadata={
        "application/vnd.example+json": {"attachment": "evidence.json", "description": "What was printed"},
        "date": "2026-11-01",
    },
)
"""


def squares() -> str:
    """A small PNG of two squares as base64."""
    from PIL import Image

    image = Image.new("RGB", (40, 20), "#17456b")
    image.paste("#b1431d", (20, 0, 40, 20))
    buffer = io.BytesIO()
    image.save(buffer, "png")
    return base64.b64encode(buffer.getvalue()).decode()


def code(source: str, *tags: str) -> nbformat.NotebookNode:
    """A code cell with tags."""
    return new_code_cell(source.strip(), metadata={"tags": list(tags)} if tags else {})


def text(source: str, *tags: str, **more: object) -> nbformat.NotebookNode:
    """A Markdown cell with tags."""
    return new_markdown_cell(source.strip(), metadata={"tags": list(tags)} if tags else {}, **more)


def main() -> None:
    """Build, run and write the notebook."""
    notebook = new_notebook(
        cells=[
            text(MARKDOWN_ODD),
            text(MARKDOWN_TITLE),
            text(MARKDOWN_ZH + MARKDOWN_ZH_NOTE, "zh"),
            text(MARKDOWN_EN, "en"),
            code(CODE_SETUP, "remove-cell"),
            text(MARKDOWN_JUMP),
            text("## Printed text 打印的文字"),
            code(CODE_STREAMS),
            code(CODE_ERROR, "raises-exception"),
            code('print("hidden")', "hide-output"),
            text(MARKDOWN_TABLES, attachments={"squares.png": {"image/png": squares()}}),
            code(CODE_PANDAS),
            code(CODE_MULTI),
            code(CODE_DESCRIBE),
            code(f'HTML("""{GREAT_TABLE}""")'),
            code(CODE_LONG),
            text("# Another part\n\n### Pictures 图片\n\nFrom level one to level three."),
            code(CODE_PNG),
            code(CODE_SVG),
            code(CODE_JPEG),
            text("### Other outputs 其他输出"),
            code(CODE_OTHERS),
            code(CODE_EVIDENCE),
        ]
    )
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    NotebookClient(notebook, timeout=120).execute()
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = f"cell-{number}"
        cell.metadata.pop("execution", None)
    nbformat.write(notebook, Path(__file__).with_name("features.ipynb"))


if __name__ == "__main__":
    main()
