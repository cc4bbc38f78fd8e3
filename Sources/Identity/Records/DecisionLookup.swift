import Cloud
import Wire

/// Finds what an encoded authorization message says: the ledger of decisions, as STS sees it.
public protocol DecisionLookup: Sendable {
  /// The message, as JSON; nothing if there is no such decision.
  func decodedMessage(for encoded: String, in transaction: Transaction) throws(AWSError) -> String?
}
