import Policy
import Wire

/// The errors of policies and their attachments. Messages without a mark are AWS's, as recorded or reported by its users.
extension AWSError {
  static func invalidPolicyType() -> AWSError {
    .invalidInput("INVALID_ENUM_POLICY_TYPE", "You specified an invalid policy type.")
  }

  static func duplicatePolicy() -> AWSError {
    AWSError("DuplicatePolicyException", "A policy with the specified name and type already exists.", status: 400)
  }

  static func malformedPolicy() -> AWSError {
    AWSError(
      "MalformedPolicyDocumentException",
      "The provided policy document does not meet the requirements of the specified policy type.", status: 400)
  }

  static func policyTooLong(_ limit: Int) -> AWSError {
    // unverified: words
    .constraint(
      "POLICY_CONTENT_LIMIT_EXCEEDED", "You have exceeded the maximum policy size of \(limit) characters.")
  }

  static func tooManyPolicies() -> AWSError {
    // unverified: words
    .constraint(
      "POLICY_NUMBER_LIMIT_EXCEEDED",
      "You have exceeded the number of policies of this type that you can have in an organization.")
  }

  static func immutablePolicy() -> AWSError {
    // AWS: Organizations API, InvalidInputException.
    .invalidInput(
      "IMMUTABLE_POLICY", "You specified a policy that is managed by Amazon Web Services and can't be modified.")
  }

  static func nonDetachablePolicy() -> AWSError {
    // AWS: Organizations API, InvalidInputException.
    .invalidInput("NON_DETACHABLE_POLICY", "You can't detach this Amazon Web Services Managed Policy.")
  }

  static func policyInUse() -> AWSError {
    AWSError(
      "PolicyInUseException",
      "The policy is attached to one or more entities. You must detach it from all roots, OUs, and accounts before "
        + "performing this operation.", status: 400)
  }

  static func policyTypeNotAvailable() -> AWSError {
    // AWS: Organizations API, PolicyTypeNotAvailableForOrganizationException.
    AWSError(
      "PolicyTypeNotAvailableForOrganizationException",
      "You can't use the specified policy type with the feature set currently enabled for this organization.",
      status: 400)
  }

  static func policyTypeAlreadyEnabled() -> AWSError {
    AWSError("PolicyTypeAlreadyEnabledException", "The specified policy type is already enabled.", status: 400)
  }

  static func policyTypeNotEnabled() -> AWSError {
    AWSError(
      "PolicyTypeNotEnabledException", "This operation can be performed only for enabled policy types.", status: 400)
  }

  static func duplicateAttachment() -> AWSError {
    AWSError(
      "DuplicatePolicyAttachmentException", "A policy with the specified name and type already exists.", status: 400)
  }

  static func policyNotAttached() -> AWSError {
    // AWS: Organizations API, PolicyNotAttachedException.
    AWSError(
      "PolicyNotAttachedException", "The policy isn't attached to the specified target in the specified root.",
      status: 400)
  }

  static func tooManyAttached() -> AWSError {
    .constraint(
      "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
      "You have attached the maximum number of policies to the specified target.")
  }

  static func lastPolicy() -> AWSError {
    .constraint(
      "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
      "You cannot remove the last policy attached to the specified target. You must have at least one attached at all "
        + "times.")
  }

  static func effectivePolicyNotFound() -> AWSError {
    AWSError(
      "EffectivePolicyNotFoundException",
      "The specified policy type is not enabled. Enable that policy type on your organization root and then retry.",
      status: 400)
  }

  static func targetNotSupported() -> AWSError {
    .invalidInput("TARGET_NOT_SUPPORTED", "You specified a target that is not currently supported.")
  }
}
