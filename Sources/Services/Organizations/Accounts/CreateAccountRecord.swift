import Cloud
import Identity
import Wire

/// A request to create an account, and how it went.
struct CreateAccountRecord: Record {
  static let kind = "organizations.createAccount"
  static let indexes = [byEmail]
  /// Requests that run, by the address they are for: (organization, address).
  static let byEmail = Index<CreateAccountRecord>("email") {
    $0.state == .inProgress ? Key(.string($0.organization), .string($0.email.lowercased())) : nil
  }

  /// AWS: Organizations API, `CreateAccountState`.
  enum State: String, Sendable, Codable {
    case inProgress = "IN_PROGRESS"
    case succeeded = "SUCCEEDED"
    case failed = "FAILED"
  }

  /// AWS: Organizations API, `CreateAccountFailureReason`.
  enum Failure: String, Sendable, Codable, CaseIterable {
    case accountLimitExceeded = "ACCOUNT_LIMIT_EXCEEDED"
    case emailAlreadyExists = "EMAIL_ALREADY_EXISTS"
    case invalidAddress = "INVALID_ADDRESS"
    case invalidEmail = "INVALID_EMAIL"
    case concurrentAccountModification = "CONCURRENT_ACCOUNT_MODIFICATION"
    case internalFailure = "INTERNAL_FAILURE"
    case govCloudAccountAlreadyExists = "GOVCLOUD_ACCOUNT_ALREADY_EXISTS"
    case missingBusinessValidation = "MISSING_BUSINESS_VALIDATION"
    case failedBusinessValidation = "FAILED_BUSINESS_VALIDATION"
    case pendingBusinessValidation = "PENDING_BUSINESS_VALIDATION"
    case invalidIdentityForBusinessValidation = "INVALID_IDENTITY_FOR_BUSINESS_VALIDATION"
    case unknownBusinessValidation = "UNKNOWN_BUSINESS_VALIDATION"
    case missingPaymentInstrument = "MISSING_PAYMENT_INSTRUMENT"
    case invalidPaymentInstrument = "INVALID_PAYMENT_INSTRUMENT"
    case updateExistingResourcePolicyWithTagsNotSupported = "UPDATE_EXISTING_RESOURCE_POLICY_WITH_TAGS_NOT_SUPPORTED"
  }

  let organization: String
  let id: String
  let name: String
  let email: String
  let roleName: String
  let tags: [IdentityTag]
  let requested: Timestamp
  var state = State.inProgress
  var completed: Timestamp?
  var account: AccountID?
  var failure: Failure?

  var key: Key { Key(.string(organization), .string(id)) }
}

extension CreateAccountStatus {
  /// A request as the API describes it.
  init(_ record: CreateAccountRecord) {
    self.init(
      id: record.id, accountName: record.name, state: record.state.rawValue, requestedTimestamp: record.requested,
      completedTimestamp: record.completed, accountId: record.account?.rawValue,
      failureReason: record.failure?.rawValue)
  }
}
