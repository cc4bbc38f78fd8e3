import Policy
import Synchronization

/// A stored policy: its text, and the compiled document once somebody has evaluated it.
///
/// It is part of records that the store keeps decoded in memory, so a policy is compiled once and not for every request.
/// State: the compiled document in a `Mutex`, held while it is compiled.
public final class PolicyText: Sendable, Codable, Hashable {
  public let text: String
  private let compiled = Mutex<PolicyDocument?>(nil)

  public init(_ text: String) { self.text = text }

  /// The policy that says nothing.
  public static let empty = PolicyText(#"{"Version":"2012-10-17","Statement":[]}"#)

  /// The compiled document; nothing if the text is no policy, which validation on saving rules out.
  public var document: PolicyDocument? {
    compiled.withLock { compiled in
      if compiled == nil { compiled = try? PolicyDocument(parsing: text) }
      return compiled
    }
  }

  public static func == (left: PolicyText, right: PolicyText) -> Bool { left.text == right.text }
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }

  public convenience init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// Compiled documents by their text, for policies that come as text: session policies, and those of buckets and queues.
///
/// State: a dictionary in a `Mutex`, held for a look-up; past its limit it is emptied rather than managed.
public enum PolicyCache {
  private static let documents = Mutex<[String: PolicyDocument]>([:])
  private static let limit = 4096

  /// The compiled document of a text; nothing if it is no policy.
  public static func document(_ text: String) -> PolicyDocument? {
    if let known = documents.withLock({ $0[text] }) { return known }
    guard let document = try? PolicyDocument(parsing: text) else { return nil }
    documents.withLock { documents in
      if documents.count >= limit { documents.removeAll(keepingCapacity: true) }
      documents[text] = document
    }
    return document
  }
}
