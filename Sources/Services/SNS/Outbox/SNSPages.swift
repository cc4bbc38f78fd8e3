import Cloud
import Wire

/// SNS's own pages: the certificate that checks messages, and the outbox.
public struct SNSPages: Sendable {
  /// A page.
  public struct Page: Sendable {
    public var status: Int
    public var contentType: String
    public var text: String
  }

  let identity: SigningIdentity

  /// The certificate at a path; nothing for paths that are none of SNS's.
  public func certificate(at path: String) throws(AWSError) -> Page? {
    guard path.hasPrefix(SigningIdentity.pathPrefix), let text = try identity.certificate(at: path) else { return nil }
    return Page(status: 200, contentType: "application/x-pem-file", text: text)
  }

  /// Answers what is behind `/_hakoniwa/sns/`; nothing for what isn't a page.
  /// - Parameters:
  ///   - path: the parts behind `sns`.
  ///   - body: the body of a POST, an object.
  public func answer(
    _ method: String, _ path: [String], body: JSONValue?, wantsHTML: Bool, store: Store
  ) async throws(AWSError) -> Page? {
    switch (method, path) {
    case ("GET", ["outbox"]):
      let letters = try await store.transact { transaction throws(AWSError) in try SNSPages.letters(transaction) }
      if wantsHTML {
        return Page(status: 200, contentType: "text/html; charset=utf-8", text: OutboxPage.html(letters))
      }
      return SNSPages.json(.object([.init("messages", .array(letters.map(\.json)))]))
    case ("POST", ["opt-out"]):
      guard let account = body?["account"]?.string.flatMap({ AccountID($0) }),
        let phone = body?["phoneNumber"]?.string.flatMap({ PhoneNumber($0) })
      else {
        throw AWSError(
          "InvalidRequest", "say {\"account\": \"<twelve digits>\", \"phoneNumber\": \"+…\"}, and perhaps region",
          status: 400)
      }
      let scope = Scope(account, body?["region"]?.string.flatMap { Region($0) } ?? .usEast1)
      try await store.transact { transaction throws(AWSError) in
        let old = try transaction.get(OptOutRecord.self, Key(phone.text), in: scope)
        try transaction.put(
          OptOutRecord(phoneNumber: phone.text, optedInAt: old?.optedInAt), in: scope)
      }
      return SNSPages.json(.object([.init("optedOut", .string(phone.text))]))
    default: return nil
    }
  }

  private static func json(_ value: JSONValue) -> Page {
    Page(status: 200, contentType: "application/json", text: value.text + "\n")
  }

  /// So many are shown.
  private static let limit = 500

  /// The latest letters of all accounts, the latest first.
  private static func letters(_ transaction: Transaction) throws(AWSError) -> [OutboxRecord] {
    var letters: [OutboxRecord] = []
    for scope in try transaction.scopes(of: OutboxRecord.self) {
      letters += try transaction.scan(OutboxRecord.self, in: scope, limit: limit, reversed: true)
    }
    return Array(letters.sorted { $0.order > $1.order }.prefix(limit))
  }
}
