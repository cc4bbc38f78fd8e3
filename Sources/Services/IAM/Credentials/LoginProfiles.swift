import Cloud
import Identity
import Wire

/// Passwords for the console. There is no console to sign in to here; the rules for passwords are kept all the same.
enum LoginProfiles {
  /// A password's place in a user's record.
  private static func profile(
    _ password: String, isResetRequired: Bool, _ transaction: Transaction
  ) -> UserRecord.LoginProfile {
    let salt = transaction.random.text(16, .alphanumeric)
    return UserRecord.LoginProfile(
      salt: salt, digest: PasswordDigest.make(password, salt: salt), created: transaction.now.wholeSeconds,
      isResetRequired: isResetRequired)
  }

  /// - Throws: PasswordPolicyViolation if the account's rules forbid the password.
  private static func check(
    _ password: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) {
    let policy = try AccountSettingsRecord.find(in: try context.account, transaction).passwordPolicy
    func violated(_ what: String) -> AWSError { AWSError("PasswordPolicyViolation", what, status: 400) }
    // AWS's default policy: eight characters of three kinds.
    let minimum = policy?.minimumLength ?? 8
    guard password.count >= minimum else {
      throw violated("Password should have a minimum length of \(minimum)")
    }
    let hasLower = password.contains { $0.isLowercase }
    let hasUpper = password.contains { $0.isUppercase }
    let hasNumber = password.contains { $0.isNumber }
    let hasSymbol = password.contains { !$0.isLetter && !$0.isNumber }
    guard let policy else {
      guard [hasLower, hasUpper, hasNumber, hasSymbol].count(where: { $0 }) >= 3 else {
        throw violated(
          "Password should contain at least three of: uppercase letters, lowercase letters, numbers, symbols")
      }
      return
    }
    if policy.requiresUppercase, !hasUpper { throw violated("Password should have at least one uppercase letter") }
    if policy.requiresLowercase, !hasLower { throw violated("Password should have at least one lowercase letter") }
    if policy.requiresNumbers, !hasNumber { throw violated("Password should have at least one number") }
    if policy.requiresSymbols, !hasSymbol { throw violated("Password should have at least one symbol") }
  }

  static func create(
    _ input: CreateLoginProfileRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> CreateLoginProfileResponse {
    var user = try Users.find(try context.requiredUserName(input.userName), context, transaction)
    guard user.loginProfile == nil else {
      throw .alreadyExists("Login Profile for user \(user.name) already exists.")
    }
    guard let password = input.password else {
      throw .validation("Password is required when creating a login profile.")
    }
    try check(password, context, transaction)
    let profile = profile(password, isResetRequired: input.passwordResetRequired ?? false, transaction)
    user.loginProfile = profile
    try transaction.put(user, in: user.scope)
    return CreateLoginProfileResponse(
      loginProfile: LoginProfile(
        userName: user.name, createDate: profile.created, passwordResetRequired: profile.isResetRequired))
  }

  private static func find(
    _ name: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> (user: UserRecord, profile: UserRecord.LoginProfile) {
    let user = try Users.find(name, context, transaction)
    guard let profile = user.loginProfile else {
      throw .noSuchEntity("Login Profile for User \(user.name) cannot be found.")
    }
    return (user, profile)
  }

  static func get(
    _ input: GetLoginProfileRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetLoginProfileResponse {
    let (user, profile) = try find(try context.requiredUserName(input.userName), context, transaction)
    return GetLoginProfileResponse(
      loginProfile: LoginProfile(
        userName: user.name, createDate: profile.created, passwordResetRequired: profile.isResetRequired))
  }

  static func update(
    _ input: UpdateLoginProfileRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var (user, profile) = try find(input.userName, context, transaction)
    if let password = input.password {
      try check(password, context, transaction)
      profile.digest = PasswordDigest.make(password, salt: profile.salt)
    }
    profile.isResetRequired = input.passwordResetRequired ?? profile.isResetRequired
    user.loginProfile = profile
    try transaction.put(user, in: user.scope)
    return NoMembers()
  }

  static func delete(
    _ input: DeleteLoginProfileRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var (user, _) = try find(try context.requiredUserName(input.userName), context, transaction)
    user.loginProfile = nil
    try transaction.put(user, in: user.scope)
    return NoMembers()
  }

  static func changePassword(
    _ input: ChangePasswordRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    guard let name = context.callingUserName else {
      throw AWSError("InvalidUserType", "Only IAM Users can change their own password", status: 400)
    }
    var (user, profile) = try find(name, context, transaction)
    guard PasswordDigest.make(input.oldPassword, salt: profile.salt) == profile.digest else {
      throw AWSError("AccessDenied", "The old password was incorrect.", status: 403)
    }
    try check(input.newPassword, context, transaction)
    profile.digest = PasswordDigest.make(input.newPassword, salt: profile.salt)
    profile.isResetRequired = false
    user.loginProfile = profile
    try transaction.put(user, in: user.scope)
    return NoMembers()
  }
}
