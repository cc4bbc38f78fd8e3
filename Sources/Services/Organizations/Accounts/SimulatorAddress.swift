import Cloud
import Wire

/// What AWS refuses for reasons that lie in its back office (payment, contracts, contact data) cannot come about here. Accounts
/// whose address is at `simulator.hakoniwa` have it happen: before the `@` stands the reason, or a beginning that no other
/// reason has, for the longest is longer than an address may be; what is behind a `+` keeps addresses apart.
enum SimulatorAddress {
  /// The one of some reasons that an address asks for.
  static func chosen<Reason: RawRepresentable<String>>(_ reasons: [Reason], by email: String) -> Reason? {
    let parts = email.split(separator: "@")
    guard parts.count == 2, parts[1].lowercased() == "simulator.hakoniwa" else { return nil }
    let name = parts[0].prefix { $0 != "+" }.uppercased()
    let meant = reasons.filter { $0.rawValue.hasPrefix(name) }
    return meant.count == 1 ? meant.first : nil
  }

  /// Refuses what an account's address asks to be refused.
  /// - Throws: ConstraintViolationException, HandshakeConstraintViolationException.
  static func check(_ step: SimulatedReason.Step, for email: String) throws(AWSError) {
    guard let reason = chosen(SimulatedReason.allCases, by: email), reason.step == step else { return }
    throw reason.isOfHandshakes
      ? .handshakeConstraint(reason.rawValue, reason.message) : .constraint(reason.rawValue, reason.message)
  }
}

/// Reasons to refuse what an account does, by its address.
///
/// AWS: Organizations API, ConstraintViolationException and HandshakeConstraintViolationException. unverified: of some, which
/// operation answers them.
enum SimulatedReason: String, CaseIterable {
  // Of CreateOrganization, for the caller's account.
  case accountCreationNotComplete = "ACCOUNT_CREATION_NOT_COMPLETE"
  case billingModeUnsupported = "CREATE_ORGANIZATION_IN_BILLING_MODE_UNSUPPORTED_REGION"
  case managementLacksBusinessLicense = "MASTER_ACCOUNT_MISSING_BUSINESS_LICENSE"
  case managementLacksPayment = "MASTER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED"
  // Of CreateAccount, for the management account.
  case managementIsOfAnotherMarketplace = "MASTER_ACCOUNT_ADDRESS_DOES_NOT_MATCH_MARKETPLACE"
  case managementLacksContact = "MASTER_ACCOUNT_MISSING_CONTACT_INFO"
  // Of InviteAccountToOrganization, for the management account.
  case codeExpired = "EMAIL_VERIFICATION_CODE_EXPIRED"
  case managementIsNotVerified = "MANAGEMENT_ACCOUNT_EMAIL_NOT_VERIFIED"
  // Of AcceptHandshake, for the account that was invited.
  case invitedIsOfAnotherSeller = "ORGANIZATION_FROM_DIFFERENT_SELLER_OF_RECORD"
  case invitedLacksPayment = "PAYMENT_INSTRUMENT_REQUIRED"
  // Of LeaveOrganization and RemoveAccountFromOrganization, for the account that would leave.
  case leaverLacksAgreement = "ACCOUNT_CANNOT_LEAVE_WITHOUT_EULA"
  case leaverLacksVerification = "ACCOUNT_CANNOT_LEAVE_WITHOUT_PHONE_VERIFICATION"
  case leaversPaymentIsInvalid = "INVALID_PAYMENT_INSTRUMENT"
  case leaverLacksPayment = "MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED"

  /// What is refused.
  enum Step {
    case createOrganization, createAccount, invite, accept, leave
  }

  var step: Step {
    switch self {
    case .accountCreationNotComplete, .billingModeUnsupported, .managementLacksBusinessLicense, .managementLacksPayment:
      .createOrganization
    case .managementIsOfAnotherMarketplace, .managementLacksContact: .createAccount
    case .codeExpired, .managementIsNotVerified: .invite
    case .invitedIsOfAnotherSeller, .invitedLacksPayment: .accept
    case .leaverLacksAgreement, .leaverLacksVerification, .leaversPaymentIsInvalid, .leaverLacksPayment: .leave
    }
  }

  /// Whether the error is that of handshakes.
  var isOfHandshakes: Bool { step == .accept || self == .managementIsNotVerified }

  var message: String {
    switch self {
    case .accountCreationNotComplete:
      "Your account setup isn't complete or your account isn't fully active. You must complete the account setup before you "
        + "create an organization."
    case .billingModeUnsupported:
      "To create an organization in the specified region, you must enable all features mode."
    case .managementLacksBusinessLicense:
      "To create an organization, the master must have a valid business license. For more information, contact customer "
        + "support."
    case .managementLacksPayment:
      "To create an organization with this management account, you first must associate a valid payment instrument, such as "
        + "a credit card, with the account."
    case .managementIsOfAnotherMarketplace:
      "To create an account in this organization, you first must migrate the organization's management account to the "
        + "marketplace that corresponds to the management account's address."
    case .managementLacksContact:
      "To complete this operation, you must first provide a valid contact address and phone number for the management "
        + "account. Then try the operation again."
    case .codeExpired:
      "The email verification code is only valid for a limited period of time. You must resubmit the request and generate a "
        + "new verification code."
    case .managementIsNotVerified:
      "The email address of the management account isn't verified."  // unverified: words
    case .invitedIsOfAnotherSeller:
      "The request failed because the account is from a different marketplace than the accounts in the organization."
    case .invitedLacksPayment:
      "You can't complete the operation with an account that doesn't have a payment instrument, such as a credit card, "
        + "associated with it."
    case .leaverLacksAgreement:
      // unverified: words
      "You attempted to remove an account from the organization that doesn't yet have enough information to exist as a "
        + "standalone account. This account requires you to first agree to the AWS Customer Agreement."
    case .leaverLacksVerification:
      "You attempted to remove an account from the organization that doesn't yet have enough information to exist as a "
        + "standalone account. This account requires you to first complete phone verification."
    case .leaversPaymentIsInvalid:
      "You cannot remove an account because no supported payment method is associated with the account."
    case .leaverLacksPayment:
      "To complete this operation with this member account, you first must associate a valid payment instrument, such as a "
        + "credit card, with the account."
    }
  }
}
