"""Reach another machine, or a socket of this one."""

from .attack import attacks_to

attack = attacks_to("use the network")

ATTACKS = (
    attack("connect_outside", """
        import socket
        for family, address in (
            (socket.AF_INET, ("127.0.0.1", 80)),
            (socket.AF_INET, ("192.0.2.1", 53)),
            (socket.AF_UNIX, "/var/run/docker.sock"),
        ):
            try:
                with socket.socket(family, socket.SOCK_STREAM) as line:
                    line.settimeout(0.2)
                    line.connect(address)
                    raise SystemExit("there is a network")
            except OSError:
                pass
    """),
)  # fmt: skip
