import Policy
import Wire

/// Who called: what CloudTrail's `userIdentity` tells, and what policies see.
public struct JournalCaller: Sendable, Hashable {
  public var kind: Caller.Kind
  public var account: AccountID?
  /// As messages print it: the session's ARN for roles.
  public var arn: String
  /// `aws:userid`; CloudTrail's `principalId`.
  public var userID: String
  public var accessKeyID: String?
  /// Nothing for long-term credentials.
  public var session: Session?
  /// The service that made the call for the caller (`cloudformation.amazonaws.com`).
  public var invokedBy: String?

  /// What CloudTrail's `sessionContext` tells.
  public struct Session: Sendable, Hashable {
    public var issued: Timestamp
    public var isMFAPresent: Bool?
    public var sourceIdentity: String?
    public var federatedProvider: String?

    public init(
      issued: Timestamp, isMFAPresent: Bool? = nil, sourceIdentity: String? = nil, federatedProvider: String? = nil
    ) {
      self.issued = issued
      self.isMFAPresent = isMFAPresent
      self.sourceIdentity = sourceIdentity
      self.federatedProvider = federatedProvider
    }
  }

  public init(
    kind: Caller.Kind, account: AccountID?, arn: String, userID: String, accessKeyID: String? = nil,
    session: Session? = nil, invokedBy: String? = nil
  ) {
    self.kind = kind
    self.account = account
    self.arn = arn
    self.userID = userID
    self.accessKeyID = accessKeyID
    self.session = session
    self.invokedBy = invokedBy
  }

  public init(_ caller: Caller) {
    self.init(
      kind: caller.kind, account: caller.account, arn: caller.arn, userID: caller.userID,
      accessKeyID: caller.accessKeyID,
      session: caller.session.map {
        Session(
          issued: $0.issued, isMFAPresent: $0.isMFAPresent, sourceIdentity: $0.sourceIdentity,
          federatedProvider: $0.federatedProvider)
      })
  }

  /// The caller as policies see him.
  public func principal(isInManagementAccount: Bool = false) -> Principal {
    kind.principal(
      account: account, arn: arn, userID: userID, isInManagementAccount: isInManagementAccount)
  }
}

extension Caller.Kind {
  /// The caller as policies see him.
  func principal(
    account: AccountID?, arn: String, userID: String, isInManagementAccount: Bool = false
  ) -> Principal {
    let identity: Principal.Identity =
      switch self {
      case .anonymous: .anonymous
      case .root: .root(account: account?.rawValue ?? "")
      case .user(_, let id): .user(arn: arn, id: id)
      case .assumedRole(let roleARN, let roleID, let name):
        .roleSession(arn: arn, roleARN: roleARN, roleID: roleID, name: name)
      case .federatedUser(_, let issuer): .federatedUser(arn: arn, id: userID, userARN: issuer)
      case .service(let name): .service(name)
      }
    return Principal(identity, isInManagementAccount: isInManagementAccount)
  }
}

extension Caller {
  /// The caller as policies see him.
  /// - Parameter isInManagementAccount: whether the caller's account is its organization's management account.
  public func principal(isInManagementAccount: Bool = false) -> Principal {
    kind.principal(account: account, arn: arn, userID: userID, isInManagementAccount: isInManagementAccount)
  }
}
