/// Why a body could not be read to its end, or written.
public enum HTTPBodyError: Error, Equatable, Sendable {
  /// More bytes came than the reader accepts; the limit in bytes.
  case tooLarge(limit: Int)
  /// The connection closed, or was half-closed by the client, before the body was complete.
  case disconnected
  /// No byte came for the body idle time-out.
  case timedOut
  /// The chunked encoding was broken.
  case malformed
  /// The reading task was cancelled while it waited for bytes: the client went away or the server stops.
  case cancelled
  /// Two tasks waited for the same body at once; it has one reader.
  case readTwice
  /// A body stream produced more or fewer bytes than the length it had declared.
  case wrongLength(declared: Int)
}
