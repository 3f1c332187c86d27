"""The command line: arguments in, exit code out. What it does lives in the package; see docs/operations.md."""

from __future__ import annotations

import gc
import os
import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from weekrapport.errors import ConfigurationError, WeekrapportError
from weekrapport.settings import OUTPUT_VARIABLE

app = typer.Typer(
    help="Weekly Dutch management reports: checked, reproducible, beautiful PDF.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

WorkspaceOption = Annotated[Path, typer.Option("--workspace", help="Folder with weekrapport.toml.", show_default=".")]
WeekOption = Annotated[str | None, typer.Option("--week", help="ISO week, as 2026-W47. Default: weekrapport.toml.")]
AsOfOption = Annotated[str | None, typer.Option("--as-of", help="Moment of the as-of view; local time.")]
ReportOption = Annotated[list[str] | None, typer.Option("--report", help="Slug of a report; repeat for more.")]
OutputOption = Annotated[Path | None, typer.Option("--output", help="Folder for the results.")]
TeamOption = Annotated[str, typer.Option("--team", help="Only the cases of this team.")]
DirectOption = Annotated[bool, typer.Option("--direct", help="In this process, without Prefect.")]


class Variant(StrEnum):
    """The demonstration to write."""

    standaard = "standaard"
    gebreken = "gebreken"


@app.command()
def demo(
    folder: Annotated[Path | None, typer.Argument(help="Default: data/demo of the project.")] = None,
    variant: Annotated[Variant, typer.Option(help="`gebreken` holds planted defects.")] = Variant.standaard,
    factor: Annotated[float, typer.Option(help="Multiplies the cases and the books.", min=0.01, max=200)] = 1.0,
) -> None:
    """Write the demonstration organisation: raw exports and a weekrapport.toml."""
    from weekrapport.demo.workspace import write_demo
    from weekrapport.reporting.manifest import project_root

    target = folder or project_root() / "data" / "demo"
    paths = write_demo(target, variant=variant.value, factor=factor)
    typer.echo(f"Demonstration: {len(paths)} files in {target}")


@app.command()
def run(
    workspace: WorkspaceOption = Path(),
    week: WeekOption = None,
    as_of: AsOfOption = None,
    report: ReportOption = None,
    output: OutputOption = None,
    team: TeamOption = "",
    direct: DirectOption = False,
) -> None:
    """Do the whole weekly run, up to the concept PDFs."""
    from weekrapport.progress import Console

    _use_output(output)
    console = Console()
    asked = {"week": week, "as_of": as_of, "reports": report, "team": team}
    if direct:
        from expectations.process import GateProcess
        from weekrapport.weekly.plan import make_plan

        plan = make_plan(workspace, now=datetime.now(UTC), **asked)  # what cannot be is said before anything is started
        with GateProcess(at_once=not plan.has_evidence) as gate:  # started first: it imports while this process does
            from weekrapport.reporting.kernels import WaitingKernels

            with WaitingKernels(plan.notebook_folders) as kernels:
                from weekrapport.weekly.direct import run_direct

                result = run_direct(plan, gate, console.say, kernels=kernels)
    else:
        from flows.weekly import run_with_prefect

        result = run_with_prefect(workspace, asked, console.say)
    raise typer.Exit(console.show_result(result))


@app.command()
def check(
    workspace: WorkspaceOption = Path(), week: WeekOption = None, as_of: AsOfOption = None, output: OutputOption = None
) -> None:
    """Read and check the data only; say what stops a report and what is printed as a caveat."""
    from weekrapport.progress import Console
    from weekrapport.weekly.plan import make_plan
    from weekrapport.weekly.verdicts import check_only

    _use_output(output)
    console = Console()
    plan = make_plan(workspace, now=datetime.now(UTC), week=week, as_of=as_of)
    from expectations.registry import gate  # seconds; not before it is known what is asked

    raise typer.Exit(console.show_check(check_only(plan, gate)))


@app.command()
def backfill(
    first: Annotated[str, typer.Option("--from", help="First ISO week.")],
    last: Annotated[str, typer.Option("--to", help="Last ISO week.")],
    workspace: WorkspaceOption = Path(),
    report: ReportOption = None,
    output: OutputOption = None,
    team: TeamOption = "",
) -> None:
    """Run many past weeks; each from its own snapshot when it has one."""
    from weekrapport.progress import Console
    from weekrapport.week import Week, week_range
    from weekrapport.weekly.backfill import run_weeks
    from weekrapport.weekly.plan import make_plan

    _use_output(output)
    console = Console()
    weeks = week_range(Week.parse(first), Week.parse(last))
    make_plan(workspace, now=datetime.now(UTC), week=str(weeks[0]), reports=report, team=team)
    from expectations.registry import gate  # seconds; not before it is known what is asked

    result = run_weeks(workspace, weeks, gate, console.say, now=datetime.now(UTC), reports=report, team=team)
    raise typer.Exit(console.show_weeks(result))


@app.command("new-report")
def scaffold(
    slug: Annotated[str, typer.Argument(help="Name of the report, for example open_zaken.")],
    title: Annotated[str, typer.Option(help="Printed on page 1. Default: the slug in words.")] = "",
    workspace: Annotated[
        Path | None, typer.Option("--workspace", help="Workspace with notebooks of its own. Default: the project.")
    ] = None,
) -> None:
    """Begin a report: a notebook from the template that runs at once, and its section in reports.toml."""
    from weekrapport.reporting.new_report import new_report
    from weekrapport.settings import load_workspace
    from weekrapport.week import Week, local_date

    space = load_workspace(workspace) if workspace else None
    ended = str(Week.of(local_date(datetime.now(UTC))).plus(-1))
    week = space.settings.week or ended if space else ""
    made = new_report(slug, title, root=space.root if space else None, week=week)
    typer.echo(f"Notebook: {made.notebook}\nSection [{slug}]: {made.manifest}")
    if space and space.settings.reports:
        typer.echo(f"weekrapport.toml names the reports of this workspace: add {slug!r} to make it every week.")
    typer.echo(f"Make it: weekrapport run --workspace {workspace or 'data/demo'} --report {slug} --direct")


@app.command()
def inspect(
    file: Annotated[Path, typer.Argument(help="An export; with --workspace its place in the inbox will do.")],
    workspace: Annotated[Path | None, typer.Option("--workspace", help="Compare with this workspace.")] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="Sheet of a workbook.")] = None,
) -> None:
    """Show what a raw export holds and propose a [[source]] for it."""
    from weekrapport.settings import FILE_NAME, load_workspace
    from weekrapport.sources.inspection_text import inspect_lines

    root = workspace or Path()
    known = workspace is not None or (root / FILE_NAME).is_file()
    for line in inspect_lines(file, load_workspace(root) if known else None, sheet):
        typer.echo(line)


@app.command()
def doctor(workspace: WorkspaceOption = Path()) -> None:
    """Check the installation and the workspace, and say how to mend what is wrong."""
    from weekrapport.doctor import examine
    from weekrapport.progress import Console

    raise typer.Exit(Console().show_findings(examine(workspace)))


@app.command()
def serve(
    workspace: WorkspaceOption = Path(),
    cron: Annotated[str, typer.Option(help="When to run, Europe/Amsterdam.")] = "0 7 * * 1",
) -> None:
    """Serve the weekly schedule with Prefect until stopped; needs PREFECT_API_URL or starts a server of its own."""
    from flows.weekly import serve_weekly

    serve_weekly(workspace.resolve(), cron)


def main() -> None:
    """Run the command line; our own errors become one message and an exit code, without a traceback."""
    try:
        app(standalone_mode=True)
    except WeekrapportError as error:
        sys.stderr.write(f"weekrapport: {error}\n")
        sys.exit(error.exit_code)
    except OSError as error:
        if error.filename is None:
            raise
        sys.stderr.write(
            f"weekrapport: {error.filename}: {error.strerror}. Check that the folder exists, may be written and has "
            "room, or give another with --output.\n"
        )
        sys.exit(ConfigurationError.exit_code)
    finally:
        gc.freeze()  # else Python looks at its end for what can be freed, which is no use to a process that ends


def _use_output(output: Path | None) -> None:
    """Let the run and the notebook kernels it starts agree on the output folder."""
    if output is not None:
        os.environ[OUTPUT_VARIABLE] = str(output.resolve())
