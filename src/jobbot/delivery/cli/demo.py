"""`jobbot demo`: the main job on bundled samples."""

from __future__ import annotations

import typer

from jobbot.bootstrap import App
from jobbot.kernel.answer import Answer


def demo(ctx: typer.Context) -> Answer:
    """The main job on bundled samples: two days of boards, a ranked shortlist with reasons, and proven documents.

    Everything happens in a data directory of the demo's own, which is kept; its path is printed.
    """
    from jobbot.delivery.demo.run import run
    from jobbot.delivery.demo.show import show

    app: App = ctx.obj
    result = run(app.settings, app.clock, app.report)
    return Answer(result.as_dict(), lambda screen: show(result, screen))
