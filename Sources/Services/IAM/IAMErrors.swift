import Cloud
import Wire

/// IAM's errors, in AWS's words.
extension AWSError {
  static func noSuchEntity(_ message: String) -> AWSError { AWSError("NoSuchEntity", message, status: 404) }

  static func noSuchUser(_ name: String) -> AWSError { noSuchEntity("The user with name \(name) cannot be found.") }

  static func noSuchGroup(_ name: String) -> AWSError { noSuchEntity("The group with name \(name) cannot be found.") }

  static func noSuchRole(_ name: String) -> AWSError { noSuchEntity("The role with name \(name) cannot be found.") }

  static func noSuchProfile(_ name: String) -> AWSError { noSuchEntity("Instance Profile \(name) cannot be found.") }

  static func noSuchPolicy(_ arn: String) -> AWSError { noSuchEntity("Policy \(arn) was not found.") }

  static func notAttachable(_ arn: String) -> AWSError {
    noSuchEntity("Policy \(arn) does not exist or is not attachable.")
  }

  static func noSuchInlinePolicy(_ name: String, of kind: String) -> AWSError {
    noSuchEntity("The \(kind) policy with name \(name) cannot be found.")
  }

  static func alreadyExists(_ message: String) -> AWSError { AWSError("EntityAlreadyExists", message, status: 409) }

  static func deleteConflict(_ message: String) -> AWSError { AWSError("DeleteConflict", message, status: 409) }

  static func limitExceeded(_ message: String) -> AWSError { AWSError("LimitExceeded", message, status: 409) }

  static func quota(_ name: String, _ limit: Int) -> AWSError {
    limitExceeded("Cannot exceed quota for \(name): \(limit)")
  }

  static func invalidInput(_ message: String) -> AWSError { AWSError("InvalidInput", message, status: 400) }

  static func validation(_ message: String) -> AWSError { AWSError("ValidationError", message, status: 400) }

  static func malformedPolicy(_ message: String) -> AWSError {
    AWSError("MalformedPolicyDocument", message, status: 400)
  }

  static func protected(_ role: String) -> AWSError {
    AWSError(
      "UnmodifiableEntity",
      "Cannot perform the operation on the protected role '\(role)' - this role is only modifiable by AWS", status: 400)
  }
}
