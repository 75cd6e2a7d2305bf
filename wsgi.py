"""For any WSGI server: loads the settings and calls the factory."""

import os

from publisher.bootstrap import open_publisher
from publisher.config import from_environment
from publisher.web import create_app

application = create_app(open_publisher(from_environment(os.environ)))
