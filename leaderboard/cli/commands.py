"""The commands of `leaderboard`.

Each command lives in a module beside this one, which is imported only when the command is named: so
`leaderboard --version` and every mistyped word answer at once, whatever the commands themselves need.
To add a command, write a module with `app = typer.Typer()` and give it a line in `COMMANDS`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from leaderboard import __version__
from leaderboard.errors import LeaderboardError

COMMANDS = {
    "fetch": "fetch",
    "extract": "extract",
    "explain": "explain",
    "evaluate": "evaluate",
    "rules": "rules",
    "boards": "boards",
    "board": "boards",
    "export": "boards",
    "dashboard": "dashboard",
    "init": "update",
    "update": "update",
}
"""Each command, in the order of the help, and the module that holds it. A module whose `app` has several
commands is either mounted as a whole under its own name, or gives one of them to each name."""


class LazyCommands(TyperGroup):
    """A group whose commands are imported when they are needed."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        module_name = COMMANDS.get(cmd_name)
        if module_name is None:
            return None
        command: Any = get_command(import_module(f"leaderboard.cli.{module_name}").app)
        inner = getattr(command, "commands", {})
        command = inner.get(cmd_name, command)
        command.name = cmd_name
        return command

    def invoke(self, ctx: Any) -> Any:
        """Run the command; what the user can mend is one line and an exit code, never a traceback."""
        try:
            return super().invoke(ctx)
        except LeaderboardError as error:
            typer.echo(f"leaderboard: {error}", err=True)
            raise typer.Exit(error.exit_code) from None


app = typer.Typer(
    cls=LazyCommands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode="rich",
    epilog="Example: [bold]leaderboard extract papers.jsonl.gz -o rows.csv[/bold]",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"leaderboard {__version__}")
        raise typer.Exit


@app.callback()
def leaderboard(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Benchmark leaderboards rebuilt from the titles and abstracts of papers."""
