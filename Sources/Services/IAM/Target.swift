import Cloud
import Identity
import Wire

/// What an IAM operation acts on: the resource of its permission and the condition keys that come with it.
struct Target: Sendable {
  enum Kind: Sendable {
    /// An action without resource type.
    case anything
    /// A user by name; nothing means the caller.
    case user(String?)
    case group(String)
    case role(String)
    case profile(String)
    case openIDProvider(String)
    case samlProvider(String)
    /// By an ARN, or a part of it behind `arn:aws:iam::ACCOUNT:`.
    case arn(String)
    case own(String)
    /// A user, group or role that an ARN names.
    case principal(String)
  }

  var kind: Kind
  /// The path of what is about to be created.
  var path: String?
  var keys: [(name: String, value: ConditionValue)] = []

  private init(_ kind: Kind, path: String? = nil) {
    self.kind = kind
    self.path = path
  }

  static let anything = Target(.anything)
  static func user(_ name: String?, path: String? = nil) -> Target { Target(.user(name), path: path) }
  static func group(_ name: String, path: String? = nil) -> Target { Target(.group(name), path: path) }
  static func role(_ name: String, path: String? = nil) -> Target { Target(.role(name), path: path) }
  static func profile(_ name: String, path: String? = nil) -> Target { Target(.profile(name), path: path) }
  static func policy(_ arn: String) -> Target { Target(.arn(arn)) }
  static func arn(_ arn: String) -> Target { Target(.arn(arn)) }
  static func own(_ resource: String) -> Target { Target(.own(resource)) }
  static func principal(_ arn: String) -> Target { Target(.principal(arn)) }
  static func openIDProvider(_ arn: String) -> Target { Target(.openIDProvider(arn)) }
  static func samlProvider(_ arn: String) -> Target { Target(.samlProvider(arn)) }

  /// With `aws:RequestTag/…` and `aws:TagKeys`.
  func tagged(_ tags: [Tag]?) -> Target {
    guard let tags, !tags.isEmpty else { return self }
    var result = self
    for tag in tags { result.keys.append(("aws:RequestTag/\(tag.key)", .single(tag.value))) }
    result.keys.append(("aws:TagKeys", .multiple(tags.map(\.key))))
    return result
  }

  /// With `aws:TagKeys`.
  func untagged(_ keys: [String]) -> Target {
    var result = self
    result.keys.append(("aws:TagKeys", .multiple(keys)))
    return result
  }

  /// With `iam:PolicyARN`: the managed policy that is attached or detached.
  func attaching(_ arn: String) -> Target {
    var result = self
    result.keys.append(("iam:PolicyARN", .single(arn)))
    return result
  }

  /// With `iam:PermissionsBoundary`: the boundary that is set.
  func bounded(_ arn: String?) -> Target {
    guard let arn else { return self }
    var result = self
    result.keys.append(("iam:PermissionsBoundary", .single(arn)))
    return result
  }

  /// With `iam:AWSServiceName`: the service of a service-linked role.
  func linked(to service: String) -> Target {
    var result = self
    result.keys.append(("iam:AWSServiceName", .single(service)))
    return result
  }

  /// The check of an action on this target.
  func check(
    _ action: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> AccessCheck {
    try context.refuseLimitedSessions()
    let account = try context.account
    let begin = "arn:aws:iam::\(account):"
    var resource = "*"
    var tags: [IdentityTag] = []
    var keys = keys
    // The boundary of an existing user or role is a condition of changing its policies, but not of replacing the boundary.
    func bound(_ boundary: String?) {
      if let boundary, !keys.contains(where: { $0.name == "iam:PermissionsBoundary" }) {
        keys.append(("iam:PermissionsBoundary", .single(boundary)))
      }
    }
    switch kind {
    case .anything: break
    case .user(let name):
      // The root user has no ARN among users; its permissions don't depend on one.
      guard let name = name ?? context.callingUserName else {
        resource = begin + "user/root"
        break
      }
      let user = try UserRecord.find(name, in: account, transaction)
      resource = user?.arn ?? "\(begin)user\(path ?? "/")\(name)"
      tags = user?.tags ?? []
      bound(user?.boundary)
    case .group(let name):
      resource = try GroupRecord.find(name, in: account, transaction)?.arn ?? "\(begin)group\(path ?? "/")\(name)"
    case .role(let name):
      let role = try RoleRecord.find(name, in: account, transaction)
      resource = role?.arn ?? "\(begin)role\(path ?? "/")\(name)"
      tags = role?.tags ?? []
      bound(role?.boundary)
    case .profile(let name):
      let profile = try InstanceProfileRecord.find(name, in: account, transaction)
      resource = profile?.arn ?? "\(begin)instance-profile\(path ?? "/")\(name)"
      tags = profile?.tags ?? []
    case .openIDProvider(let arn):
      resource = arn
      tags = try OpenIDProviderRecord.find(arn: arn, transaction)?.tags ?? []
    case .samlProvider(let arn):
      resource = arn
      tags = try SAMLProviderRecord.find(arn: arn, transaction)?.tags ?? []
    case .arn(let arn), .principal(let arn):
      resource = arn
      tags = try ManagedPolicyRecord.find(arn: arn, transaction)?.tags ?? []
    case .own(let name):
      resource = begin + name
    }
    var values: [String: String] = [:]
    for tag in tags {
      values[tag.key] = tag.value
      keys.append(("iam:ResourceTag/\(tag.key)", .single(tag.value)))
    }
    return AccessCheck("iam:" + action, on: resource, owner: account, keys: keys, tags: values)
  }
}

extension Context {
  /// The name of the user who calls, if it is one.
  var callingUserName: String? {
    if case .user(let name, _) = caller.kind { return name }
    return nil
  }

  /// Sessions of GetFederationToken cannot call IAM, and those of GetSessionToken only after showing an MFA code (IAM user
  /// guide, "Compare AWS STS credentials").
  func refuseLimitedSessions() throws(AWSError) {
    switch caller.kind {
    case .user, .root, .federatedUser:
      guard let session = caller.session, session.isMFAPresent != true else { return }
      throw AWSError("InvalidClientTokenId", "The security token included in the request is invalid", status: 403)
    default: break
    }
  }

  /// The user that is meant when an input names none: the caller.
  /// - Throws: ValidationError for callers that are neither a user nor the root user.
  /// - Returns: nothing for the root user.
  func userName(_ given: String?) throws(AWSError) -> String? {
    if let given { return given }
    switch caller.kind {
    case .user(let name, _): return name
    case .root: return nil
    default: throw .validation("Must specify userName when calling with non-User credentials")
    }
  }

  /// As ``userName(_:)``, for operations that the root user must name a user for.
  func requiredUserName(_ given: String?) throws(AWSError) -> String {
    guard let name = try userName(given) else {
      throw .validation("Must specify userName when calling with non-User credentials")
    }
    return name
  }
}

/// One line of the table of contents: an operation, what it acts on, and its handler.
func operation<Input: Structure, Output: Structure>(
  _ name: String, _ target: @escaping @Sendable (Input) -> Target,
  _ handler: @escaping @Sendable (Input, Context, Transaction) throws(AWSError) -> Output
) -> Operation {
  Operation(
    name,
    access: { input, context, transaction throws(AWSError) in
      [try target(input).check(name, context, transaction)]
    }, handler)
}
