# SPDX-License-Identifier: GPL-3.0-or-later
"""What was printed, as a scanner sees it."""

import os
import subprocess


def first_page(pdf, resolution=200):
    """The path of a picture of its first page, beside it."""
    page = os.path.splitext(pdf)[0]
    subprocess.run(["pdftoppm", "-r", str(resolution), "-f", "1", "-l", "1", "-gray", "-png", "-singlefile", pdf, page], check=True)
    return page + ".png"
