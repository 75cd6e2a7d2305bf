"""Two ways to use a page: with the pointer, and with keys alone."""


class Pointer:
    """What a person does with a pointer and a keyboard."""

    def press(self, target):
        """Use a link or a button that leads to another page."""
        target.click()

    def fill(self, target, text):
        target.fill(text)

    def choose(self, target):
        target.check()


class Keys:
    """What a person does without a pointer: every element is come to by Tab, and its focus is seen."""

    def press(self, target):
        self._to(target)
        with target.page.expect_navigation():
            target.page.keyboard.press("Enter")

    def fill(self, target, text):
        self._to(target)
        if target.get_attribute("type") in ("date", "time"):
            target.page.keyboard.type(text)
            return
        target.page.keyboard.press("Control+A")
        target.page.keyboard.insert_text(text)

    def choose(self, target):
        """A radio button, by the arrows from the one of its group that Tab comes to; or a check box."""
        if target.get_attribute("type") == "checkbox":
            self._to(target)
            target.page.keyboard.press("Space")
        else:
            name = target.get_attribute("name")
            self._to(target.page.locator(f"input[type=radio][name='{name}']"), anyone=True)
            target.page.keyboard.press("Space")
            for _ in range(6):
                if target.is_checked():
                    break
                target.page.keyboard.press("ArrowDown")
        assert target.is_checked()

    def _to(self, target, anyone=False):
        page = target.page
        elements = target.element_handles() if anyone else [target.element_handle()]
        for _ in range(200):
            if page.evaluate("found => found.includes(document.activeElement)", elements):
                ring = "() => parseFloat(getComputedStyle(document.activeElement).outlineWidth)"
                assert page.evaluate(ring) >= 2, target
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"{target} can't be reached by Tab")
