import Cloud
import Wire

/// `userIdentity`: who made a call.
///
/// AWS: CloudTrail user guide, "CloudTrail userIdentity element".
enum UserIdentity {
  /// - Parameter recipient: the account whose record it is for.
  static func json(of entry: JournalEntry, for recipient: AccountID) -> JSONValue {
    let caller = entry.caller
    // AWS: CloudTrail user guide, "Shared event IDs": the account that owns an assumed role sees the account that came.
    if entry.service == "sts", let account = caller.account, account != recipient {
      return object([("type", "AWSAccount"), ("principalId", caller.userID), ("accountId", account.rawValue)])
    }
    var members = members(caller, entry)
    if let session = session(caller) { members.append(.init("sessionContext", session)) }
    if let invokedBy = caller.invokedBy, members.last?.name != "invokedBy" {
      members.append(.init("invokedBy", .string(invokedBy)))
    }
    return .object(members)
  }

  private static func members(_ caller: JournalCaller, _ entry: JournalEntry) -> [JSONValue.Member] {
    let account = caller.account?.rawValue
    switch caller.kind {
    case .anonymous: return unsigned(entry)
    case .root:
      return list([
        ("type", "Root"), ("principalId", account), ("arn", caller.arn), ("accountId", account),
        ("accessKeyId", caller.accessKeyID),
      ])
    case .user(let name, let id):
      return list([
        ("type", "IAMUser"), ("principalId", id), ("arn", caller.arn), ("accountId", account),
        ("accessKeyId", caller.accessKeyID), ("userName", name),
      ])
    case .assumedRole, .federatedUser:
      var type = "AssumedRole"
      if case .federatedUser = caller.kind { type = "FederatedUser" }
      return list([
        ("type", type), ("principalId", caller.userID), ("arn", caller.arn), ("accountId", account),
        ("accessKeyId", caller.accessKeyID),
      ])
    case .service(let name): return list([("type", "AWSService"), ("invokedBy", name)])
    }
  }

  /// Nobody has signed: a token of another provider tells who it is, or nothing does.
  private static func unsigned(_ entry: JournalEntry) -> [JSONValue.Member] {
    let answer = entry.response
    switch entry.operation {
    case "AssumeRoleWithWebIdentity":
      let provider = answer?["provider"]?.string ?? entry.parameters?["providerId"]?.string
      let subject = answer?["subjectFromWebIdentityToken"]?.string
      let principal = [provider, answer?["audience"]?.string, subject].compactMap { $0 }.joined(separator: ":")
      return list([
        ("type", "WebIdentityUser"), ("principalId", principal), ("userName", subject), ("identityProvider", provider),
      ])
    case "AssumeRoleWithSAML":
      let subject = answer?["subject"]?.string
      let qualifier = answer?["nameQualifier"]?.string
      return list([
        ("type", "SAMLUser"), ("principalId", [qualifier, subject].compactMap { $0 }.joined(separator: ":")),
        ("userName", subject), ("identityProvider", answer?["issuer"]?.string),
      ])
    default:
      // AWS: S3 user guide, "CloudTrail log entries": an unsigned request is of the account ANONYMOUS_PRINCIPAL.
      return list([("type", "AWSAccount"), ("principalId", ""), ("accountId", "ANONYMOUS_PRINCIPAL")])
    }
  }

  private static func session(_ caller: JournalCaller) -> JSONValue? {
    guard let session = caller.session else { return nil }
    var members: [JSONValue.Member] = []
    switch caller.kind {
    case .assumedRole(let arn, let id, _):
      let name = arn.split(separator: "/").last.map(String.init)
      members.append(
        .init(
          "sessionIssuer",
          object([
            ("type", "Role"), ("principalId", id), ("arn", arn), ("accountId", caller.account?.rawValue),
            ("userName", name),
          ])))
      if let provider = session.federatedProvider {
        members.append(
          .init(
            "webIdFederationData",
            .object([.init("federatedProvider", .string(provider)), .init("attributes", .object([]))])))
      }
    case .federatedUser(_, let issuer):
      let isRoot = issuer.hasSuffix(":root")
      members.append(
        .init(
          "sessionIssuer",
          object([
            ("type", isRoot ? "Root" : "IAMUser"), ("principalId", isRoot ? caller.account?.rawValue : nil),
            ("arn", issuer), ("accountId", caller.account?.rawValue),
            ("userName", isRoot ? nil : issuer.split(separator: "/").last.map(String.init)),
          ])))
    default: break
    }
    members.append(
      .init(
        "attributes",
        object([
          ("creationDate", session.issued.wholeSeconds.iso8601),
          ("mfaAuthenticated", session.isMFAPresent == true ? "true" : "false"),
        ])))
    if let identity = session.sourceIdentity { members.append(.init("sourceIdentity", .string(identity))) }
    return .object(members)
  }

  private static func list(_ members: [(String, String?)]) -> [JSONValue.Member] {
    members.compactMap { name, value in value.map { JSONValue.Member(name, .string($0)) } }
  }

  private static func object(_ members: [(String, String?)]) -> JSONValue { .object(list(members)) }
}

extension JournalCaller {
  /// The name under which the event history finds the caller's events.
  var historyName: String? {
    switch kind {
    case .anonymous, .service: nil
    case .root: "root"
    case .user(let name, _): name
    case .assumedRole(_, _, let session): session
    case .federatedUser(let name, _): name
    }
  }
}
