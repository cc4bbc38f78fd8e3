import Cloud
import Wire

/// Who did what a bucket tells of, and by which request.
struct EventActor: Sendable {
  /// As events name the caller: `AWS:AIDA…`.
  var principalID: String
  /// The caller's account, or the service that acted.
  var requester: String
  var sourceIP: String?
  var requestID: String

  /// The caller of a request.
  init(_ context: Context) {
    switch context.caller.kind {
    case .anonymous: principalID = "Anonymous"
    case .service(let principal): principalID = principal
    default: principalID = "AWS:" + context.caller.userID
    }
    requester = context.caller.account?.rawValue ?? (context.caller.arn.isEmpty ? "-" : context.caller.arn)
    sourceIP = context.request.sourceIP
    requestID = context.requestID
  }

  private init(principalID: String, requester: String, sourceIP: String?, requestID: String) {
    self.principalID = principalID
    self.requester = requester
    self.sourceIP = sourceIP
    self.requestID = requestID
  }

  /// S3 itself, as lifecycle rules let it act.
  static func service(_ random: RandomSource) -> EventActor {
    EventActor(
      principalID: "s3.amazonaws.com", requester: "s3.amazonaws.com", sourceIP: "s3.amazonaws.com",
      requestID: random.text(16, .upperAlphanumeric))
  }

  /// S3 itself, as it ends what a customer has begun.
  static func service(for owner: AccountID, _ random: RandomSource) -> EventActor {
    EventActor(
      principalID: "AmazonCustomer:\(CanonicalUser.principalID(of: owner))", requester: "s3.amazonaws.com",
      sourceIP: nil, requestID: random.text(16, .upperAlphanumeric))
  }
}

extension CanonicalUser {
  /// The owner's id as events have it: stable, `A` and thirteen characters.
  static func principalID(of account: AccountID) -> String {
    "A" + id(of: account).uppercased().prefix(13)
  }
}

extension Context {
  /// Notes which object the call was about, for the access log.
  func note(_ object: ObjectRecord) {
    guard let notes, notes.isLogged else { return }
    notes.objectSize = object.size
    notes.versionID = object.versionID
  }
}
