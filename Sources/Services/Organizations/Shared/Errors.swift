import Cloud
import Wire

/// Organizations' errors. Where a message isn't marked, it is one that AWS has been seen to answer or that its API reference
/// has; the status is 400 for all.
extension AWSError {
  // MARK: Who asks

  static func organizationsNotInUse() -> AWSError {
    AWSError("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.", status: 400)
  }

  /// A member account asks for what only the management account, or a delegated administrator, may do.
  static func noPermission() -> AWSError {
    AWSError("AccessDeniedException", "You don't have permissions to access this resource.", status: 400)
  }

  // MARK: Errors with a reason

  /// A limit or a condition of the organization doesn't allow it.
  static func constraint(_ reason: String, _ message: String) -> AWSError {
    AWSError("ConstraintViolationException", message, status: 400, fields: [("Reason", .string(reason))])
  }

  /// A parameter isn't right.
  static func invalidInput(_ reason: String, _ message: String) -> AWSError {
    AWSError("InvalidInputException", message, status: 400, fields: [("Reason", .string(reason))])
  }

  /// A handshake isn't possible.
  static func handshakeConstraint(_ reason: String, _ message: String) -> AWSError {
    AWSError("HandshakeConstraintViolationException", message, status: 400, fields: [("Reason", .string(reason))])
  }

  /// An id or name that isn't of the right form.
  static func invalidPattern() -> AWSError {
    .invalidInput("INVALID_PATTERN", "You provided a value that does not match the required pattern.")
  }

  static func invalidPaginationToken() -> AWSError {
    .invalidInput(
      "INVALID_NEXT_TOKEN",
      "You specified an invalid value for nextToken. You must get the value from the response to a previous call to the "
        + "API.")
  }

  /// An operation needs all features, and the organization has those of consolidated billing only.
  static func needsAllFeatures() -> AWSError {
    // unverified: words
    .constraint(
      "ORGANIZATION_NOT_IN_ALL_FEATURES_MODE",
      "You attempted to perform an operation that requires the organization to be configured to support all features.")
  }

  // MARK: What doesn't exist

  /// An entity that isn't there, by its error's name: each has one message only.
  static func notFound(_ entity: MissingEntity) -> AWSError {
    AWSError(entity.rawValue, entity.message, status: 400)
  }

  /// The errors of entities that aren't in the caller's organization.
  enum MissingEntity: String {
    case account = "AccountNotFoundException"
    case child = "ChildNotFoundException"
    case createAccountStatus = "CreateAccountStatusNotFoundException"
    case destinationParent = "DestinationParentNotFoundException"
    case handshake = "HandshakeNotFoundException"
    case organizationalUnit = "OrganizationalUnitNotFoundException"
    case parent = "ParentNotFoundException"
    case policy = "PolicyNotFoundException"
    case resourcePolicy = "ResourcePolicyNotFoundException"
    case root = "RootNotFoundException"
    case sourceParent = "SourceParentNotFoundException"
    case target = "TargetNotFoundException"

    var message: String {
      switch self {
      case .account: "You specified an account that doesn't exist."
      case .child: "You specified a child that doesn't exist."  // unverified: words
      case .createAccountStatus: "You specified a create account request that doesn't exist."  // unverified: words
      case .destinationParent: "You specified a destination parent that doesn't exist."  // unverified: words
      case .handshake: "You specified a handshake that doesn't exist."
      case .organizationalUnit: "You specified an organizational unit that doesn't exist."
      case .parent: "You specified parent that doesn't exist."
      case .policy: "You specified a policy that doesn't exist."
      case .resourcePolicy: "No resource-based policy found."
      case .root: "You specified a root that doesn't exist."
      case .sourceParent: "You specified a source parent that doesn't exist."  // unverified: words
      case .target: "You specified a target that doesn't exist."
      }
    }
  }
}
