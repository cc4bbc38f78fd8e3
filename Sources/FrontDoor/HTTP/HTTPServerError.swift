/// Why a server does not start. The description says what to do.
public enum HTTPServerError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Another program listens on this port.
  case addressInUse(host: String, port: Int)
  /// The system refused the address.
  case cannotListen(host: String, port: Int, reason: String)
  /// Certificate or key cannot be used.
  case tls(certificateChain: String, privateKey: String, reason: String)
  /// `bind` or `run` was called on a server that runs or has run.
  case alreadyStarted
  /// The listening socket failed while the server ran.
  case listenerFailed(reason: String)

  public var description: String {
    switch self {
    case .addressInUse(let host, let port):
      """
      Address already in use: another program listens on \(host):\(port). Stop it (`ss -ltnp 'sport = :\(port)'` \
      names it), or choose another port.
      """
    case .cannotListen(let host, let port, let reason):
      """
      Cannot listen on \(host):\(port): \(reason). Check that the address belongs to this machine; ports below 1024 \
      need special rights.
      """
    case .tls(let certificateChain, let privateKey, let reason):
      """
      Cannot use the certificate \(certificateChain) with the key \(privateKey): \(reason). Both must be PEM files, \
      the chain with the server's own certificate first.
      """
    case .alreadyStarted:
      "The HTTP server has already been started; make a new one to listen again."
    case .listenerFailed(let reason):
      "The listening socket failed: \(reason)."
    }
  }
}
