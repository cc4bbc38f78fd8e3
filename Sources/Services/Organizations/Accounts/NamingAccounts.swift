import Cloud
import Identity
import Wire

/// Names for accounts that nobody created: any twelve digits are an account, and a real organization that is reproduced here
/// has names and addresses for its numbers.
public enum AccountNames {
  /// Names an account that is in no organization.
  /// - Throws: `InvalidInputException` if the address is another account's, or the account is in an organization, whose
  ///   record has its name.
  public static func set(
    _ account: AccountID, name: String, email: String, in transaction: Transaction
  ) throws(AWSError) {
    if let other = try AccountProfileRecord.find(email: email, transaction), other.account != account {
      throw AWSError("InvalidInputException", "The address \(email) is that of account \(other.account).")
    }
    guard
      try transaction.get(OrganizationAccountRecord.self, Key(.string(account.rawValue)), in: .global) == nil
    else { throw AWSError("InvalidInputException", "Account \(account) is in an organization already.") }
    var profile = try AccountProfileRecord.find(account, transaction)
    profile.name = name
    profile.email = email
    try transaction.put(profile, in: .global)
  }
}
