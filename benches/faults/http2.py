"""As much of HTTP/2 as a client needs that asks and does not read."""

import socket
import struct

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
HEADERS, SETTINGS, WINDOW_UPDATE = 1, 4, 8
END_STREAM, END_HEADERS, ACK = 1, 4, 1
INITIAL_WINDOW_SIZE = 4


def frame(kind, flags, stream, payload=b""):
    """A frame, as RFC 9113 has it."""
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def text(value):
    """A string, as RFC 7541 has it, without Huffman."""
    value, length = value.encode(), len(value)
    if length < 127:
        return bytes([length]) + value
    number, rest = bytearray([127]), length - 127
    while rest >= 128:
        number.append(rest % 128 + 128)
        rest //= 128
    number.append(rest)
    return bytes(number) + value


def get(path, stream):
    """The headers of a request, without another header."""
    # :method GET and :scheme http by their index; :path and :authority as literals with an indexed name.
    block = b"\x82\x86\x04" + text(path) + b"\x01" + text("x")
    return frame(HEADERS, END_STREAM | END_HEADERS, stream, block)


class Unreader:
    """A connection whose windows are closed: its answers are made and cannot be sent."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), 30)
        self.streams = []
        closed = struct.pack(">HI", INITIAL_WINDOW_SIZE, 0)
        self.socket.sendall(PREFACE + frame(SETTINGS, 0, 0, closed) + frame(SETTINGS, ACK, 0))

    def ask(self, paths):
        """Asks for paths, each on a stream of its own."""
        first = self.streams[-1] + 2 if self.streams else 1
        streams = range(first, first + 2 * len(paths), 2)
        self.streams += streams
        self.socket.sendall(b"".join(get(path, stream) for path, stream in zip(paths, streams)))

    def let_through(self, count):
        """Opens the window of each stream by so many bytes; false when the connection is gone."""
        more = struct.pack(">I", count)
        try:
            self.socket.sendall(b"".join(frame(WINDOW_UPDATE, 0, stream, more) for stream in self.streams))
        except OSError:
            return False
        return not self.gone()

    def gone(self):
        """Whether the service has closed the connection."""
        self.socket.setblocking(False)
        try:
            while True:
                if not self.socket.recv(1 << 16):
                    return True
        except BlockingIOError:
            return False
        except OSError:
            return True
        finally:
            self.socket.setblocking(True)

    def close(self):
        self.socket.close()
