import Testing

@testable import CloudWatch
