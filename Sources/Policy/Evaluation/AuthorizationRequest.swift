/// One thing to judge: may this principal perform this action on this resource?
///
/// An operation that touches several resources is several requests, and all must be allowed.
public struct AuthorizationRequest: Sendable {
  public var principal: Principal
  /// `s3:GetObject`; case does not matter.
  public var action: String
  /// The resource's ARN, or `*` for actions without resource types.
  public var resource: String
  /// The account that owns the resource. ARNs of S3 and others don't tell; nothing means the ARN's account, or else the
  /// caller's own.
  public var resourceAccount: String?
  /// Condition keys and values.
  public var context: ConditionContext

  public init(
    principal: Principal, action: String, resource: String, resourceAccount: String? = nil,
    context: ConditionContext = ConditionContext()
  ) {
    self.principal = principal
    self.action = action
    self.resource = resource
    self.resourceAccount = resourceAccount
    self.context = context
  }

  /// The account that owns the resource, as far as it can be told.
  var owner: String? {
    if let resourceAccount, !resourceAccount.isEmpty { return resourceAccount }
    if resource.utf8.starts(with: "arn:".utf8) {
      let parts = resource.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
      if parts.count == 6, !parts[4].isEmpty { return String(parts[4]) }
    }
    return principal.account
  }

  /// `s3` of `s3:GetObject`, in lower case.
  var service: String { String(action.prefix { $0 != ":" }).lowercased() }
}
