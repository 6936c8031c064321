"""Put a module in the place of one that is trusted."""

from .attack import attacks_to

attack = attacks_to("shadow a module")

ATTACKS = (
    attack("shadow_numpy_on_disk", """
        for name in ("numpy.py", "json.py", "evolution.py", "multiprocessing.py", "pytest.py", "struct.py"):
            try:
                open(name, "w").write("raise SystemExit('shadowed')")
            except OSError:
                pass
    """, harmless=False),
    attack("shadow_in_sys_modules", """
        import sys, types
        for name in ("pytest", "grader", "grader.kit", "hashlib"):
            sys.modules[name] = types.ModuleType(name)
    """),
    attack("path_entry_first", """
        import sys
        sys.path.insert(0, "/tmp")
        sys.meta_path.insert(0, type("F", (), {"find_spec": staticmethod(lambda *a: None)}))
    """),
)  # fmt: skip
