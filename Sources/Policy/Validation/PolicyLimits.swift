/// How large policies may be.
///
/// AWS: IAM user guide, "IAM and AWS STS quotas"; Organizations user guide, "Quotas".
public enum PolicyLimits {
  /// A managed policy, in characters without white space.
  public static let managed = 6_144
  /// All inline policies of a user together, without white space.
  public static let userInline = 2_048
  /// All inline policies of a role together, without white space.
  public static let roleInline = 10_240
  /// All inline policies of a group together, without white space.
  public static let groupInline = 5_120
  /// A trust policy, without white space; the quota can be raised to 4,096.
  public static let trust = 2_048
  /// An inline session policy, as sent.
  public static let session = 2_048
  /// A service control policy, as sent.
  public static let serviceControl = 10_240
  /// A resource control policy, as sent.
  public static let resourceControl = 5_120
  /// How many service control policies can be attached to one root, unit or account.
  public static let serviceControlAttachments = 10
  /// The same of resource control policies, AWS's own included.
  public static let resourceControlAttachments = 5
  /// A bucket policy, in bytes.
  public static let bucket = 20_480

  /// The characters of a policy that count for IAM: all but the white space between the elements.
  ///
  /// unverified: whether IAM counts spaces inside of strings; they are counted here.
  public static func countedSize(_ text: String) -> Int {
    var count = 0
    var isInString = false
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if isInString {
        count += 1
        if isEscaped {
          isEscaped = false
        } else if scalar == "\\" {
          isEscaped = true
        } else if scalar == "\"" {
          isInString = false
        }
      } else if scalar == "\"" {
        isInString = true
        count += 1
      } else if !scalar.properties.isWhitespace {
        count += 1
      }
    }
    return count
  }
}
