import Cloud
import Foundation
import Identity
import SWF

/// How a server is to run. Defaults are those of `hakoniwa serve`.
public struct ServerConfiguration: Sendable {
  /// Where TLS comes from.
  public enum TLS: Sendable, Equatable {
    case none
    /// A certificate made at the first start and kept in the data folder.
    case selfSigned
    /// PEM files.
    case files(certificate: String, key: String)
  }

  /// The address to listen on.
  public var host = "127.0.0.1"
  /// The port to listen on; 0 takes a free one.
  public var port = 4566
  /// The folder that keeps everything.
  public var dataFolder = ".hakoniwa"
  /// Whether nothing is kept.
  public var isEphemeral = false
  public var durability = Store.Durability.process
  /// How much the journal keeps, in bytes; the oldest calls go when there are more, and 0 records nothing. A server that keeps
  /// nothing keeps an eighth of it, as long as it runs.
  public var journalBytes = 1 << 30
  /// Seconds between two deliveries of CloudTrail's trails; about 300 in AWS.
  public var trailSeconds = 5.0
  public var tls = TLS.none
  /// The Region of requests that name none.
  public var region = Region.usEast1
  /// Whether permissions are enforced, for accounts that have no setting of their own.
  public var enforcement = Enforcement.enforce
  /// Whether the limits hold by which AWS protects itself: rates, and quotas that a laptop need not fear.
  public var hasAWSLimits = false
  /// What SWF's polls without a task say of a token.
  public var emptyPollToken = EmptyPollToken.omit
  /// A seed for repeatable ids, for tests only.
  public var seed: UInt64?

  public init() {}

  /// The address as clients write it.
  public func endpoint(port: Int) -> String {
    let name = host == "0.0.0.0" || host == "::" ? "localhost" : host.contains(":") ? "[\(host)]" : host
    return "\(tls == .none ? "http" : "https")://\(name):\(port)"
  }

  /// Whether only this machine can reach the server.
  public var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }
}
