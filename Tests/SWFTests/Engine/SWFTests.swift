import Testing

@testable import SWF
