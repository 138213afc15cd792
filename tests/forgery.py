"""Forgers for the tests: change one digit of a page, or one value of the evidence, and nothing else."""

import copy
import io
import re

import pikepdf

SHOWN = {"Tj", "TJ", "'", '"'}


def codes(font):
    """The characters of a font by their two-byte code, from its ToUnicode map."""
    text = font.ToUnicode.read_bytes().decode("latin-1")
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, character in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[bytes.fromhex(code)] = bytes.fromhex(character).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, start in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                code = (int(first, 16) + step).to_bytes(2, "big")
                found[code] = chr(int.from_bytes(bytes.fromhex(start), "big") + step)
    return found


def digits_changed(data, page_number):
    """Yield a description and the PDF for each digit of a page, that one digit changed to another one of its font."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[page_number].obj
        yield from _changed(pdf, page, page)


def _changed(pdf, stream, page):
    resources = stream.get("/Resources", page.get("/Resources"))
    fonts = {str(name): codes(font) for name, font in resources.get("/Font", {}).items() if "/ToUnicode" in font}
    instructions = list(pikepdf.parse_content_stream(pikepdf.Page(stream) if stream is page else stream))
    forgeries = list(_bodies(instructions, fonts))
    if forgeries:
        before, after = _around(pdf, stream, page, size := max(len(body) for _, body in forgeries))
        for what, body in forgeries:
            yield what, before + body.ljust(size) + after
    for form in resources.get("/XObject", {}).values():
        if form.get("/Subtype") == "/Form":
            yield from _changed(pdf, form, page)


def _bodies(instructions, fonts):
    """Each digit that a stream shows, changed: what was done, and the stream."""
    font = {}
    for number, (operands, operator) in enumerate(instructions):
        if str(operator) == "Tf":
            font = fonts.get(str(operands[0]), {})
        if str(operator) not in SHOWN:
            continue
        for place, (array, index) in _strings(operands):
            text = bytes(array[index])
            for at in range(0, len(text), 2):
                shown = font.get(text[at : at + 2], "")
                other = next((code for code, c in font.items() if c.isascii() and c.isdigit() and c != shown), None)
                if not (shown.isascii() and shown.isdigit()) or other is None:
                    continue
                forged = copy.copy(instructions)
                forged[number] = _with(operands, operator, place, text[:at] + other + text[at + 2 :])
                yield f"{shown} -> {font[other]}", pikepdf.unparse_content_stream(forged)


def _around(pdf, stream, page, size):
    """The file before and after a stream, which has so many bytes there: white space may fill them up."""
    original, marks = page.Contents if stream is page else stream.read_bytes(), b"%" * size
    if stream is page:
        page.Contents = pdf.make_stream(marks)
    else:
        stream.write(marks)
    saved = io.BytesIO()
    pdf.save(saved, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    if stream is page:
        page.Contents = original
    else:
        stream.write(original)
    before, after = saved.getvalue().split(marks)
    return before, after


def _strings(operands):
    """Each string of a text operator: its place, and where it lies."""
    for outer, operand in enumerate(operands):
        if isinstance(operand, pikepdf.String):
            yield (outer, None), (operands, outer)
        elif isinstance(operand, pikepdf.Array):
            for inner, part in enumerate(operand):
                if isinstance(part, pikepdf.String):
                    yield (outer, inner), (operand, inner)


def _with(operands, operator, place, text):
    outer, inner = place
    changed = list(operands)
    if inner is None:
        changed[outer] = pikepdf.String(text)
    else:
        array = list(operands[outer])
        array[inner] = pikepdf.String(text)
        changed[outer] = pikepdf.Array(array)
    return pikepdf.ContentStreamInstruction(changed, operator)


def values_changed(record):
    """Yield the place and a copy of the record for each of its values, that one value changed."""
    for path, value in _leaves(record, ()):
        yield "/".join(map(str, path)), _replaced(record, path, _other(value))


def _replaced(node, path, value):
    """A copy of a tree with another value at the end of a path; what does not lie on the path is shared."""
    if not path:
        return value
    copied = copy.copy(node)
    copied[path[0]] = _replaced(node[path[0]], path[1:], value)
    return copied


def _leaves(node, path):
    if isinstance(node, dict | list):
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            yield from _leaves(value, (*path, key))
    else:
        yield path, node


def _other(value):
    """Another value of the same kind; the last digit of a text that has one, as a careful forger would."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if value is None:
        return "1"
    match = re.search(r"\d(?=\D*$)", value)
    if match:
        return value[: match.start()] + str((int(match[0]) + 1) % 10) + value[match.end() :]
    return value + "x"
