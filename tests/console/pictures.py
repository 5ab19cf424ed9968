"""``python -m tests.console.pictures FOLDER``: every page of the console as a picture, at a desk and on a phone.

A console over a temporary database with cases in every state. Add ``--serve`` to look around oneself.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from aiohttp import web
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

from cases.actors import Demand, Staff
from cases.clocks import set_due
from cases.models import Case, CaseEvent, Leg, Task
from cases.policy import Policy
from cases.service import CaseService
from console.accounts import staff_of
from console.app import make_alone
from console.demo_staff import ensure_demo_staff, password_of
from console.desk import ConsoleDesk
from console.models import Account
from core import audit
from core.clock import now
from core.crypto import use_keyring
from core.database import database, migrate
from core.errors import Refused
from core.jobs import Jobs
from core.kv import KV
from core.settings import Settings
from forms.bank import PACKAGED, Bank
from forms.draft import MaterialAnswer
from forms.engine import Engine
from forms.service import FormService
from integrations.platforms.base import IssuedResult, Package
from tests.cases.province import SmallProvince
from tests.console.conftest import walked

SIZES = {"desk": (1280, 800), "phone": (390, 844)}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
RESULTS = ("公民身份号码", "341302202611010016")


class Story:
    """Cases in every state."""

    def __init__(self, service: CaseService, engine: Engine, province: SmallProvince, staff: Staff) -> None:
        self.service, self.engine, self.province, self.staff, self.count = service, engine, province, staff, 0

    async def submit(self, code: str, days_ago: float = 0) -> Case:
        self.count += 1
        draft = await walked(self.engine, code)
        assert draft.login is not None
        held = await self.service.tools.forms.create(f"c{self.count}", draft)
        case = await self.service.submit(held.id, f"c{self.count}", draft.login.name)
        past = now() - timedelta(days=days_ago)
        await Case.filter(id=case.id).update(submitted_at=past)
        await CaseEvent.filter(case_id=case.id).update(at=past)
        await set_due(case.id)
        return case

    async def reviewed(self, code: str, days_ago: float = 0) -> Case:
        case = await self.submit(code, days_ago)
        await self.service.open_review(case.id, self.staff)
        return case

    async def dispatched(self, code: str, days_ago: float = 0, works: bool = True) -> Case:
        def refuse(package: Package) -> None:
            raise Refused("no")

        case = await self.reviewed(code, days_ago)
        await self.service.approve(case.id, self.staff, "材料齐全，信息一致")
        self.province.before = (lambda package: None) if works else refuse
        await self.service.deliver_due()
        return case

    async def granted(self, case: Case, most: int = 99) -> None:
        for leg in (await Leg.filter(case_id=case.id, state="sent"))[:most]:
            for kind in ("received", "accepted"):
                await self.service.take_event(self.province.says(leg.number, kind))
            title = leg.plan["results"][0] if leg.plan["results"] else "办理结果"
            value = RESULTS[1] if title == RESULTS[0] else "浙杭2026000123"
            await self.service.take_event(self.province.says(leg.number, "granted", results=(
                IssuedResult(title, value),)))


async def tell(story: Story) -> dict[str, str]:
    """The cases, by what they show."""
    service, staff = story.service, story.staff
    for code, days in (("three_of_us", 0), ("twins", 1), ("plain", 3), ("second_child", 12), ("noodles", 9)):
        await story.submit(code, days)
    open_ = await story.reviewed("two_provinces", 2)
    returned = await story.reviewed("second_child", 6)
    await service.return_(returned.id, staff, [Demand("baby[1].name", "名字请和出生医学证明上一样")])
    again = await story.reviewed("three_of_us_mother", 4)
    await service.return_(again.id, staff, [Demand("father.phone", "号码打不通，请换一个能接通的"),
                                            Demand("baby[1].name", "名字请和出生医学证明上一样")])
    await service.correct(again.id, again.citizen_id, {"father.phone": "13800000177"},
                          {"baby[1].name": "已经核对，没有改动"})
    await service.open_review(again.id, staff)
    await service.note(again.id, staff, "已电话 13800000177 联系到爸爸，说明天改好")
    running = await story.dispatched("certificate_issued", 5)
    await story.granted(running, 2)
    await story.dispatched("twins", 3, works=False)
    story.province.before = lambda package: None
    done = await story.dispatched("collective", 8)
    for _ in range(6):
        await story.granted(done)
        await service.deliver_due()
    if (await Case.get(id=done.id)).state == "completed":
        await service.rate(done.id, done.citizen_id, 2, "等了很久，打 13800000102 也没人接", ["等得太久"])
    refused = await story.reviewed("grandfather", 7)
    await service.reject(refused.id, staff, "宝宝不随爷爷落户，本区不能受理", "请到爸爸或者妈妈的户口所在地办理")
    await give_file(service, open_)
    await CaseEvent.all().update(next_ask_at=None)
    await audit.seal(service.tools.kv)
    task = await Task.filter(kind="delivery").first()
    assert task is not None
    return {"open": open_.number, "again": again.number, "running": running.number, "task": str(task.id),
            "rejected": refused.number}


async def give_file(service: CaseService, case: Case) -> None:
    """One uploaded picture, in the first material."""
    form = service.tools.engine.merged(await walked(service.tools.engine, "two_provinces"))  # type: ignore[arg-type]
    leg = next(leg for leg in await Leg.filter(case_id=case.id) if leg.plan["materials"])
    key = leg.plan["materials"][0]["key"]
    slot = next(slot for slot in form.slots if slot.key == key)
    forms = service.tools.forms
    await forms.move(str(case.draft_id), "submitted", "correcting", "system")
    held = await forms.files.add(str(case.draft_id), case.citizen_id, key, slot.material, "a.png", "image/png", PNG)
    await forms.move(str(case.draft_id), "correcting", "submitted", "system")
    stored = await Case.get(id=case.id)
    stored.snapshot["materials"][key] = MaterialAnswer(way="upload", at=now(), files=[held.id]).model_dump(mode="json")
    await stored.save()


class Camera:
    """A browser that takes whole pages."""

    def __init__(self, url: str, folder: Path) -> None:
        options = ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for word in ("headless=new", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-sync",
                     "disable-background-networking", "disable-component-update", "hide-scrollbars",
                     f"user-data-dir={tempfile.mkdtemp()}"):
            options.add_argument(f"--{word}")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.chrome = Chrome(options, Service("/usr/bin/chromedriver"))
        self.url, self.folder = url, folder

    def open(self, path: str) -> None:
        self.chrome.get(f"{self.url}/console{path}")

    def sign_in(self, login: str) -> None:
        self.chrome.delete_all_cookies()
        self.open("/sign-in")
        self.chrome.find_element(By.NAME, "login").send_keys(login)
        self.chrome.find_element(By.NAME, "password").send_keys(password_of(login))
        self.chrome.find_element(By.CSS_SELECTOR, ".sign-in .button").click()

    def take(self, name: str, path: str = "", whole: bool = False) -> None:
        for size, (width, height) in SIZES.items():
            self.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
                "width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == "phone"})
            if path:
                self.open(path)
            if whole:
                tall = self.chrome.execute_script("return document.documentElement.scrollHeight")
                self.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
                    "width": width, "height": int(tall), "deviceScaleFactor": 1, "mobile": size == "phone"})
            wide = self.chrome.execute_script("return document.documentElement.scrollWidth")
            if wide > width:
                print(f"{name} {size}: {wide} px wide")  # noqa: T201
            self.chrome.save_screenshot(str(self.folder / f"{name}-{size}.png"))
        for line in self.chrome.get_log("browser"):
            print(name, line["message"])  # noqa: T201


def shoot(url: str, folder: Path, made: dict[str, str]) -> None:
    """Every page, as each role sees it."""
    camera = Camera(url, folder)
    try:
        camera.take("sign-in", "/sign-in")
        camera.sign_in("reviewer")
        camera.take("queue", "/queue?state=to_do")
        camera.take("case", f"/cases/{made['open']}", whole=True)
        camera.take("case-top", f"/cases/{made['open']}")
        camera.take("again", f"/cases/{made['again']}", whole=True)
        camera.take("running", f"/cases/{made['running']}#legs", whole=True)
        camera.take("rejected", f"/cases/{made['rejected']}")
        camera.take("return", f"/cases/{made['open']}/return")
        camera.take("tasks", "/tasks")
        camera.take("task", f"/tasks/{made['task']}", whole=True)
        camera.take("ratings", "/ratings")
        camera.take("missing", "/cases/1")
        camera.take("password", "/password")
        camera.sign_in("supervisor")
        camera.open("/supervision")
        camera.chrome.find_element(By.CSS_SELECTOR, ".halves form button").send_keys("\n")
        camera.take("supervision", "/supervision", whole=True)
        camera.sign_in("operator")
        camera.take("content", "/content")
        camera.take("one-thing", "/content/newborn_birth")
        camera.sign_in("admin")
        camera.take("accounts", "/accounts", whole=True)
    finally:
        camera.chrome.quit()


async def run(act: Callable[[str, dict[str, str]], Awaitable[None]]) -> None:
    """A console with its story for the length of ``act``."""
    use_keyring("00112233445566778899aabbccddeeff", "ab" * 32)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite://{folder}/look.db?synchronous=OFF"
        await migrate(url)
        async with database(url):
            engine, province, kv = Engine(Bank.load([PACKAGED])), SmallProvince(), KV.open("")
            settings = Settings(secret_key="k" * 32)
            service = CaseService(engine, FormService(Path(folder) / "up"), province, kv, Jobs(), settings,
                                  policy=Policy(jitter=0.0))
            await ensure_demo_staff(settings)
            staff = staff_of(await Account.get(login="reviewer"))
            assert UUID(staff.id)
            made = await tell(Story(service, engine, province, staff))
            runner = web.AppRunner(make_alone(ConsoleDesk(service, engine, kv, settings)), access_log=None)
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            port = runner.addresses[0][1]
            await act(f"http://127.0.0.1:{port}", made)
            await runner.cleanup()
            await kv.close()


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--serve", action="store_true")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)

    async def act(url: str, made: dict[str, str]) -> None:
        if options.serve:
            print(f"{url}/console/  {made}", flush=True)  # noqa: T201
            await asyncio.Event().wait()
        await asyncio.to_thread(shoot, url, options.folder, made)

    asyncio.run(run(act))


if __name__ == "__main__":
    main()
