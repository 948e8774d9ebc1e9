"""Shows what the benchmarks measured beside time."""


def pytest_terminal_summary(terminalreporter):
    session = getattr(terminalreporter.config, "_benchmarksession", None)
    for benchmark in session.benchmarks if session else []:
        figures = ", ".join(f"{name}: {value}" for name, value in benchmark.extra_info.items())
        terminalreporter.write_line(f"{benchmark.name}: {figures}")
