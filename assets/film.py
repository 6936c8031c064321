"""Episodes as pictures: Gymnasium's own drawing with words above it, in a window or as a GIF."""

import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

HEADER = 52  # pixels above each picture, for the words
INK, QUIET, PAPER, RULE = "#1d1d1f", "#6e6e73", "#ffffff", "#c7c7cc"
ENDS = {"CartPole-v0": "fell", "CartPole-v1": "fell", "MountainCarContinuous-v0": "at the flag"}


class CannotWrite(Exception):
    """The GIF has no place to go; the text says why."""


class RefusedAction(Exception):
    """An environment takes no such action; the text says which."""


@dataclass(frozen=True)
class View:
    """What is seen of one agent at one time.

    Attributes:
        title: whose episode it is.
        picture: the environment.
        pace: steps a second of the environment's own clock.
        step: steps so far.
        reward: their rewards' sum.
        end: how the episode ended; empty while it goes on.
    """

    title: str
    picture: Image.Image
    pace: int
    step: int = 0
    reward: float = 0.0
    end: str = ""


Film = Iterator[tuple[Image.Image, list[View]]]


def has_display() -> bool:
    """Return whether pygame can open a window here that somebody sees: it is tried."""
    if os.environ.get("SDL_VIDEODRIVER") == "":
        del os.environ["SDL_VIDEODRIVER"]  # set to nothing is not set
    if sys.platform == "linux" and not any(map(os.environ.get, ("SDL_VIDEODRIVER", "DISPLAY", "WAYLAND_DISPLAY"))):
        return False
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    import pygame

    try:
        pygame.display.init()
        seen = pygame.display.get_driver() not in ("dummy", "offscreen")
    except pygame.error:
        return False
    if not seen:
        pygame.display.quit()
    return seen


def open_env(env_id: str) -> Any:
    """Return the environment that draws itself, without Gymnasium's warnings."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    if not has_display():
        os.environ["SDL_VIDEODRIVER"] = "dummy"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import gymnasium

        return gymnasium.make(env_id, render_mode="rgb_array", disable_env_checker=True)


def play(env_id: str, title: str, policy: Callable[[Any], Any], seed: int, scale: float = 1.0) -> Iterator[View]:
    """Play one episode: a view before the first step, and one after each.

    Args:
        env_id: the environment.
        title: whose episode it is.
        policy: from an observation to an action.
        seed: of the environment.
        scale: of the picture; the course's environments draw 600 by 400 pixels at 1.

    Raises:
        RefusedAction: the policy's action is none.
    """
    env = open_env(env_id)
    pace = int(env.metadata["render_fps"])

    def picture() -> Image.Image:
        drawn = Image.fromarray(env.render())
        return drawn.resize((round(drawn.width * scale), round(drawn.height * scale)), Image.Resampling.LANCZOS)

    observation, _ = env.reset(seed=seed)
    view = View(title, picture(), pace)
    yield view
    while not view.end:
        action = policy(observation)
        try:
            observation, reward, terminated, truncated, _ = env.step(action)
        except Exception as error:  # each environment refuses in its own way
            raise RefusedAction(f"{env_id} takes no action {action!r}: 'pytest exercises/' says more") from error
        end = ENDS.get(env_id, "over") if terminated else "time is up" if truncated else ""
        view = View(title, picture(), pace, view.step + 1, view.reward + float(reward), end)
        yield view
    # It is not closed: Gymnasium's close() ends all of pygame, and the window in which another episode goes on.


def side_by_side(episodes: Sequence[Iterator[View]], note: str = "") -> Film:
    """Give the pictures of several episodes in step; one that has ended keeps its last view."""
    views = [next(episode) for episode in episodes]
    yield draw(views, note), views
    while not all(view.end for view in views):
        views = [next(episode, view) for episode, view in zip(episodes, views, strict=True)]
        yield draw(views, note), views


def draw(views: Sequence[View], note: str = "") -> Image.Image:
    """Return one picture of all views, each with its title, step and reward above it."""
    width, height = views[0].picture.size
    page = Image.new("RGB", (width * len(views), height + HEADER), PAPER)
    pen = ImageDraw.Draw(page)
    large, small = ImageFont.load_default(20), ImageFont.load_default(16)
    for place, view in enumerate(views):
        left = place * width
        page.paste(view.picture, (left, HEADER))
        pen.text((left + 10, 4), view.title, fill=INK, font=large)
        words = f"step {view.step}   reward {view.reward:.1f}   {view.end}"
        pen.text((left + 10, 28), words, fill=QUIET, font=small)
        if place:
            pen.line([(left, 0), (left, page.height)], fill=RULE)
    pen.text((page.width - 10, 6), note, fill=QUIET, font=small, anchor="ra")
    return page


def show_window(film: Film, caption: str) -> None:
    """Show a film in a window at the environment's pace, until it ends or somebody closes it."""
    first, first_views = next(film)
    import pygame

    pygame.display.init()
    window = pygame.display.set_mode(first.size)
    pygame.display.set_caption(f"{caption} (Esc closes)")
    clock = pygame.time.Clock()
    for picture, views in chain([(first, first_views)], film):
        window.blit(pygame.image.frombuffer(picture.tobytes(), picture.size, "RGB"), (0, 0))
        pygame.display.flip()
        for event in pygame.event.get():
            if event.type == pygame.QUIT or (event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE):
                return
        clock.tick(views[0].pace)
        if all(view.end for view in views):
            pygame.time.wait(1500)


def save_gif(film: Film, path: Path, every: int = 2, colours: int = 64) -> None:
    """Write a film as a GIF, whole or not at all; needs no screen.

    Args:
        film: the pictures.
        path: the file; an older one stays as it is until the new one is whole.
        every: keep one step of so many.
        colours: of the palette.

    Raises:
        CannotWrite: the folder is not there or cannot be written, or the disk is full.
    """
    try:
        descriptor, unfinished = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                write_gif(film, file, every, colours)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(unfinished, 0o644)
            os.replace(unfinished, path)
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CannotWrite(f"cannot write {path}: {error.strerror or error}") from error


def write_gif(film: Film, file: Any, every: int, colours: int) -> None:
    """Write a film's bytes; the last picture of an episode stays for a second and a half."""
    frames: list[Image.Image] = []
    durations: list[int] = []
    palette: Image.Image | None = None
    for picture, views in film:
        over = all(view.end for view in views)
        if over or max(view.step for view in views) % every == 0:
            if palette is None:
                palette = picture.quantize(colours)
            frames.append(picture.quantize(palette=palette, dither=Image.Dither.NONE))
            durations.append(1500 if over else round(100 * every / views[0].pace) * 10)  # a GIF counts in 10 ms
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=durations, loop=0)
