"""Start the demo exchange process, which also carries the demo sign-in and is put together one floor up."""

import runpy

runpy.run_module("integrations.demo_exchange", run_name="__main__")
