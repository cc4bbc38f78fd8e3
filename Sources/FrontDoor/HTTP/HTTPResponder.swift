/// Answers requests.
public protocol HTTPResponder: Sendable {
  /// Answers one request.
  ///
  /// The task is cancelled when the client goes away (closes or half-closes its connection), and when the server stops
  /// while the request has been received completely: a parked long poll should then return at once with what it has.
  /// What is returned after cancellation is still sent if anyone is there to read it.
  ///
  /// By default this runs on the connection's event loop: computing is fine, but what blocks longer than a disk-cache
  /// read (`fsync`, waiting for a process) belongs on a thread of its own.
  func respond(to request: HTTPRequest) async -> HTTPResponse
}
